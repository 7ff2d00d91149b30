import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explanation as explanationOf } from "../../api/queries";
import type { Report, Span } from "../../api/types";
import { useReading } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { Because, FindingReasons } from "../../parts/FindingReasons";
import { ListSkeleton, Trouble } from "../../parts/States";
import { LanguageName, Machine, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Aids.module.css";

/** Why the machine read the report as it did, and what it put it together with. */
export function Why({ report, onFocus }: { report: Report; onFocus: (span: Span | null) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={`${css.box} ${css.why}`} onToggle={(event) => setOpen(event.currentTarget.open)} data-why>
      <summary>
        {t("explain.title")} <Machine />
      </summary>
      {open ? <Reasons report={report} onFocus={onFocus} /> : null}
    </details>
  );
}

function Reasons({ report, onFocus }: { report: Report; onFocus: (span: Span | null) => void }) {
  const { t } = useTranslation();
  const reading = useReading();
  const found = useQuery(explanationOf(report.id, report.version));
  if (found.isPending) return <ListSkeleton rows={2} />;
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  const percent = (score: number) => number(score, reading, { style: "percent", maximumFractionDigits: 0 });
  const { ties } = found.data;
  const steps = [...report.mentions, ...report.event_mentions, ...report.statements];
  const versions = [...new Set(steps.map((s) => `${s.step} ${s.version}`))].sort();
  return (
    <>
      <h3>{t("explain.language")}</h3>
      <p>
        <LanguageName tag={report.language} /> {percent(report.language_score)}
        <Because found={{ why: report.language_why, reasons: report.language_reasons }} />
      </p>
      {report.stretches.map((s) => (
        <p key={s.start}>
          <button type="button" onClick={() => onFocus([s.start, s.end])}>
            <LanguageName tag={s.language} /> {percent(s.score)}
          </button>
          <Because found={s} />
        </p>
      ))}
      <h3>{t("explain.ties")}</h3>
      {ties.length === 0 ? <p className={css.quiet}>{t("explain.alone")}</p> : null}
      <ul className={css.ties}>
        {ties.map((tie) => (
          <li key={tie.report.id}>
            <Link to="/reports/$id" params={{ id: tie.report.id }} search={{}}>
              <Own text={tie.report.title} language={tie.report.language} />
            </Link>
            <small>
              {tie.copy ? t("explain.copy") : t("explain.story")} · {percent(tie.score)}
            </small>
            <FindingReasons found={tie} />
          </li>
        ))}
      </ul>
      <h3>{t("explain.found")}</h3>
      <ul className={css.found}>
        {steps
          .toSorted((a, b) => a.start - b.start)
          .map((s) => {
            const words = "text" in s ? s.text : "trigger" in s ? s.trigger.text : s.cue.text;
            return (
              <li key={`${s.step} ${s.start} ${s.end} ${words}`}>
                <button type="button" onClick={() => onFocus([s.start, s.end])}>
                  <bdi lang={report.language} dir={textDirection(report.language)}>
                    {words}
                  </bdi>
                </button>
                <small>
                  <bdi>{s.step}</bdi> {percent(s.score)}
                </small>
                <Because found={s} className={css.reason} />
              </li>
            );
          })}
      </ul>
      <p className={css.quiet}>
        {t("explain.steps")} <bdi>{versions.join(", ")}</bdi>
      </p>
    </>
  );
}
