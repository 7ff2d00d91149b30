import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parts as partsOf, report as reportOf } from "../../api/queries";
import type { Report } from "../../api/types";
import { useReading } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Trouble } from "../../parts/States";
import { Code, LanguageName, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import { bytesText } from "../sources/State";
import css from "./Company.module.css";

/** The source's own sentence that it takes the report back, before anything of it is read. */
export function Withdrawn({ sentence }: { sentence: string }) {
  const { t } = useTranslation();
  return (
    <p className={css.withdrawn} role="note" data-withdrawn>
      <strong>{t("report.withdrawn")}</strong> <span dir="auto">{sentence}</span>
    </p>
  );
}

/** What it came with: an attachment knows its mail. */
export function PartOf({ id }: { id: string }) {
  const { t } = useTranslation();
  const whole = useQuery(reportOf(id));
  return (
    <p className={css.partOf} data-partof>
      {t("report.partof")}{" "}
      <Link to="/reports/$id" params={{ id }} search={{}}>
        {whole.data ? <Own text={whole.data.title} language={whole.data.language} /> : t("report.partof.see")}
      </Link>
    </p>
  );
}

/** What came with it, each a report of its own under its own marking. */
export function Parts({ id }: { id: string }) {
  const { t } = useTranslation();
  const parts = useQuery(partsOf(id));
  const reports = parts.data?.reports ?? [];
  if (parts.isError) return <Trouble error={parts.error} retry={() => void parts.refetch()} />;
  if (reports.length === 0) return null;
  return (
    <section className={css.section} data-parts>
      <h2>{t("report.parts")}</h2>
      <ul>
        {reports.map((r) => (
          <li key={r.id} data-item>
            <Link to="/reports/$id" params={{ id: r.id }} search={{}}>
              <Own text={r.title || r.snippet} language={r.language} />
            </Link>
            <small>
              <LanguageName tag={r.language} /> <PortionMark marking={r.marking} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

const few = 6;

/** What the source states in fields of its own; a long list begins folded. */
export function Properties({ properties }: { properties: Report["properties"] }) {
  const { t } = useTranslation();
  const reading = useReading();
  const [all, setAll] = useState(properties.length <= few);
  if (properties.length === 0) return null;
  const shown = all ? properties : properties.slice(0, few);
  return (
    <section className={css.section} data-properties>
      <h2>{t("report.properties")}</h2>
      <table className={css.table}>
        <tbody>
          {shown.map((p, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a source may say the same twice
            <tr key={i}>
              <th scope="row" dir="auto">
                {p.name}
              </th>
              <td dir="auto">{p.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all ? null : (
        <button type="button" onClick={() => setAll(true)}>
          {t("report.properties.all", { n: number(properties.length, reading) })}
        </button>
      )}
    </section>
  );
}

/** Files at the source: named, never loaded. A link tells the source nothing of where its reader came from. */
export function Enclosures({ enclosures }: { enclosures: Report["enclosures"] }) {
  const { t } = useTranslation();
  const reading = useReading();
  if (enclosures.length === 0) return null;
  return (
    <section className={css.section} data-enclosures>
      <h2>{t("report.enclosures")}</h2>
      <p>{t("report.enclosures.why")}</p>
      <ul>
        {enclosures.map((e, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a source may offer the same twice
          <li key={i}>
            {/^https?:\/\//i.test(e.url) ? (
              <a href={e.url} target="_blank" rel="noreferrer noopener">
                <bdi>{e.title || e.url}</bdi>
              </a>
            ) : (
              <span>
                <bdi>{e.title || e.url || e.media_type}</bdi>
                {e.url ? null : <small> {t("report.enclosure.here")}</small>}
              </span>
            )}
            <small>
              {e.media_type ? <Code>{e.media_type}</Code> : null}{" "}
              {e.length > 0 ? <bdi>{bytesText(e.length, reading)}</bdi> : t("report.enclosure.unsized")}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
