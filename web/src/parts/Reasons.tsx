import { useTranslation } from "react-i18next";
import type { Reason } from "../api/types";
import { useReading } from "../app/preferences";
import { reasonText } from "../text/reasons";

/** Why something follows by rule, in the reader's language. */
export function Reasons({ reasons, className }: { reasons: readonly Reason[]; className?: string }) {
  const { t } = useTranslation();
  const reading = useReading();
  return (
    <ul className={className}>
      {reasons.map((reason) => {
        const text = reasonText(reason, t, reading);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
}
