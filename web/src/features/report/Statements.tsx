import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { reportClaims } from "../../api/queries";
import type { Claim, Report, Span, Statement } from "../../api/types";
import { useReading } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { StanceMark } from "../../parts/Stance";
import { Title } from "../../parts/Title";
import { CountryName, Machine, PlaceName } from "../../parts/Words";
import { span } from "./NameCard";
import css from "./Statements.module.css";

/** In whose name a statement is told where the text has no words for the speaker. */
const nameOf = (s: Statement) => s.speaker.name || s.speaker.text;

/** The stretch of the words that say it, speaker to content. */
const wholeOf = (s: Statement): Span => [s.start, s.end];

interface Told {
  report: Report;
  onFocus: (span: Span | null) => void;
}

/** The marks of the statements that begin in a paragraph, in the margin beside it. */
export function StatementMarks({ report, onFocus, from, to }: Told & { from: number; to: number }) {
  const { t } = useTranslation();
  const own = report.statements.filter((s) => s.start >= from && s.start < to);
  if (own.length === 0) return null;
  return (
    <ul className={css.margin}>
      {own.map((s) => (
        <li key={s.no}>
          <a
            href={`#said-${s.no}`}
            title={`${nameOf(s)}: ${t(`stance.${s.stance}`)}`}
            onClick={(event) => {
              event.preventDefault();
              onFocus(wholeOf(s));
              document.getElementById(`said-${s.no}`)?.scrollIntoView({ block: "nearest" });
            }}
            onMouseEnter={() => onFocus(wholeOf(s))}
            onMouseLeave={() => onFocus(null)}
          >
            <StanceMark stance={s.stance} />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Who says, confirms or denies what, in the order of the text. */
export function Statements({ report, onFocus }: Told) {
  const { t } = useTranslation();
  const { data } = useQuery(reportClaims(report.id));
  if (report.statements.length === 0) return null;
  return (
    <section className={css.box} data-statements>
      <h2>
        {t("statement.title")} <Machine />
      </h2>
      <ol>
        {report.statements.map((s) => (
          <StatementCard
            key={s.no}
            statement={s}
            report={report}
            claim={
              report.history.length === report.version ? data?.claims.find((c) => c.no === s.no)?.claim : undefined
            }
            onFocus={onFocus}
          />
        ))}
      </ol>
    </section>
  );
}

function StatementCard({ statement: s, report, claim, onFocus }: Told & { statement: Statement; claim?: Claim }) {
  const { t } = useTranslation();
  const reading = useReading();
  const own = { lang: report.language === "und" ? undefined : report.language, dir: textDirection(report.language) };
  const answered = s.answers > 0 ? report.statements.find((o) => o.no === s.answers) : undefined;
  return (
    <li id={`said-${s.no}`} className={css.card} data-statement={s.no}>
      <p className={css.who}>
        <StanceMark stance={s.stance} word />
        <bdi {...own}>{nameOf(s)}</bdi>
      </p>
      <p className={css.role}>
        {s.speaker.role ? (
          <>
            <Title role={s.speaker.role} />
            {" · "}
          </>
        ) : null}
        {t(`agent.${s.speaker.kind}`)}
        {s.speaker.country ? (
          <>
            {" · "}
            <CountryName code={s.speaker.country} />
          </>
        ) : null}
      </p>
      {s.content.length > 0 ? (
        <button type="button" className={css.words} {...own} onClick={() => onFocus(wholeOf(s))}>
          {s.quoted ? "“" : ""}
          {s.content.map((c) => c.text).join(" … ")}
          {s.quoted ? "”" : ""}
        </button>
      ) : null}
      {answered ? (
        <p className={css.note}>
          {t("statement.answers")}{" "}
          <a href={`#said-${answered.no}`}>
            <bdi {...own}>{nameOf(answered)}</bdi>
          </a>
        </p>
      ) : null}
      <p className={css.note}>
        {[
          s.modality === "fact" ? "" : t(`modality.${s.modality}`),
          s.negated ? t("statement.negated") : "",
          s.anonymity === "ON_RECORD" ? "" : t(`anonymity.${s.anonymity}`),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {s.chain.length > 1 ? (
        <ol className={css.chain} aria-label={t("statement.chain")}>
          {s.chain.map((hop, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a hop is known by its place in the chain
            <li key={i}>
              <bdi {...own}>{hop.name || hop.text}</bdi>
            </li>
          ))}
        </ol>
      ) : null}
      {claim ? (
        <p className={css.note}>
          <Link to="/claims/$id" params={{ id: claim.id }} search={{}}>
            {t("statement.claim", { count: claim.statement_count })}
          </Link>{" "}
          {t(`claim.status.${claim.status}`)}
        </p>
      ) : null}
      {s.said_at || s.said_place ? (
        <p className={css.note}>
          {s.said_at ? <bdi>{span(s.said_at, reading)}</bdi> : null}
          {s.said_at && s.said_place ? t("list.and") : null}
          {s.said_place ? <PlaceName place={s.said_place} /> : null}
        </p>
      ) : null}
    </li>
  );
}
