import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { digest as digestOf } from "../../api/queries";
import type { Report, Span } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { useFindingReasons } from "../../parts/FindingReasons";
import { CountryName, Machine } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Aids.module.css";

/** How many names of a text are shown before one asks for the rest. */
const firstTerms = 8;

/** The text in short: its own sentences, and what it names in the reader's language. */
export function Digest({ report, onFocus }: { report: Report; onFocus: (span: Span | null) => void }) {
  const { t } = useTranslation();
  const { language, reading } = usePreferences();
  const told = useFindingReasons();
  const digest = useQuery(digestOf(report.id, report.version, language));
  if (!digest.data) return null;
  const { summary, terms } = digest.data;
  const foreign = !report.language.startsWith(language);
  const known = terms.filter((term) => term.name !== "" && (foreign || term.name !== term.text));
  if (summary.length === 0 && known.length === 0) return null;
  const row = (term: (typeof terms)[number]) => (
    <li key={`${term.kind} ${term.start}`}>
      <button type="button" onClick={() => onFocus([term.start, term.end])}>
        <bdi lang={report.language} dir={textDirection(report.language)}>
          {term.text}
        </bdi>
      </button>
      <span>
        <bdi>{term.name}</bdi>
        {term.country && term.kind !== "place" ? (
          <small>
            {" "}
            <CountryName code={term.country} />
          </small>
        ) : null}
      </span>
      <small>{term.count > 1 ? number(term.count, reading) : ""}</small>
    </li>
  );
  return (
    <section className={css.box} data-digest>
      <h2>
        {t("digest.title")} <Machine />
      </h2>
      {summary.length > 0 ? (
        <ol className={css.summary} lang={report.language} dir={textDirection(report.language)}>
          {summary.map((line) => (
            <li key={line.start}>
              <button
                type="button"
                title={told(line)
                  .map((r) => r.text)
                  .join("; ")}
                onClick={() => onFocus([line.start, line.end])}
              >
                {line.text}
              </button>
            </li>
          ))}
        </ol>
      ) : null}
      {known.length > 0 ? (
        <>
          <h3>{t("digest.terms")}</h3>
          <ul className={css.terms}>{known.slice(0, firstTerms).map(row)}</ul>
          {known.length > firstTerms ? (
            <details>
              <summary>{t("digest.more", { n: number(known.length - firstTerms, reading) })}</summary>
              <ul className={css.terms}>{known.slice(firstTerms).map(row)}</ul>
            </details>
          ) : null}
        </>
      ) : null}
    </section>
  );
}
