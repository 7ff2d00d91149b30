import { useTranslation } from "react-i18next";
import type { FindingReason } from "../api/types";
import { useReading } from "../app/preferences";
import { findingText } from "../text/findings";

export interface Found {
  why: readonly string[];
  reasons: readonly FindingReason[];
}

/** The sentences of a finding; those that only English has are marked as English. */
export function useFindingReasons(): (found: Found) => { text: string; english: boolean }[] {
  const { t } = useTranslation();
  const reading = useReading();
  return ({ why, reasons }) =>
    why.map((sentence, i) => {
      const reason = reasons[i];
      const text = reason ? findingText(reason, t, reading) : null;
      return { text: text ?? sentence, english: text === null };
    });
}

/** Why something was found or put together, in the reader's language. */
export function FindingReasons({ found, className }: { found: Found; className?: string | undefined }) {
  const sentences = useFindingReasons()(found);
  return (
    <ul className={className}>
      {sentences.map(({ text, english }) => (
        <li key={text}>{english ? <bdi lang="en">{text}</bdi> : text}</li>
      ))}
    </ul>
  );
}

/** The same in one line, for beside what was found; nothing where there is no reason. */
export function Because({ found, className }: { found: Found; className?: string | undefined }) {
  const sentences = useFindingReasons()(found);
  if (sentences.length === 0) return null;
  return (
    <small className={className}>
      {" "}
      {sentences.map(({ text, english }, i) => (
        <span key={text}>
          {i > 0 ? "; " : null}
          {english ? <bdi lang="en">{text}</bdi> : text}
        </span>
      ))}
    </small>
  );
}
