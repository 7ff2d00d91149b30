import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useReading } from "../../app/preferences";
import { GradeMark, PortionMark } from "../../parts/Marks";
import { Recorded, When } from "../../parts/When";
import { Code, LanguageName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import type { ReportWithTag } from "./Report";
import css from "./Report.module.css";

/** Only web addresses become links: a source's address is outside input. */
const isWeb = (url: string) => /^https?:\/\//i.test(url);

/** Where the report comes from: every line of its chain, and what is not known of it. */
export function Provenance({ report: r }: { report: ReportWithTag }) {
  const { t } = useTranslation();
  const reading = useReading();
  return (
    <section className={css.provenance}>
      <h2>{t("provenance.title")}</h2>
      <dl>
        <dt>{t("provenance.source")}</dt>
        <dd>
          {r.source ? (
            <>
              <Link to="/search" search={{ q: `source:${r.source.slug}` }}>
                <bdi>{r.source.name}</bdi>
              </Link>
              <small>
                {r.source.family ? (
                  <>
                    <bdi>{r.source.family}</bdi>
                    {t("list.and")}
                  </>
                ) : null}
                {t("provenance.broughtby")} <Code>{r.source.member}</Code>
              </small>
            </>
          ) : (
            <Unknown reason={t("source.hidden")} />
          )}
        </dd>
        <dt>{t("provenance.author")}</dt>
        <dd>{r.author ? <bdi>{r.author}</bdi> : <Unknown reason={t("provenance.noauthor")} />}</dd>
        <dt>{t("provenance.published")}</dt>
        <dd>
          <When moment={r.published} full />
          {r.published ? <small>{t(`basis.${r.published.basis}`)}</small> : null}
        </dd>
        <dt>{t("provenance.received")}</dt>
        <dd>
          <Recorded at={r.received} full never={t("when.never")} />
        </dd>
        <dt>{t("provenance.language")}</dt>
        <dd>
          <LanguageName tag={r.language} />{" "}
          <small style={{ display: "inline" }}>
            <bdi>{number(r.language_score, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi>
          </small>
        </dd>
        <dt>{t("provenance.address")}</dt>
        <dd>
          {isWeb(r.url) ? (
            <a href={r.url} target="_blank" rel="noreferrer noopener">
              <bdi dir="ltr">{hostOf(r.url)}</bdi>
            </a>
          ) : r.url ? (
            <bdi dir="ltr">{r.url}</bdi>
          ) : (
            <Unknown reason={t("provenance.noaddress")} />
          )}
        </dd>
        <dt>{t("provenance.versions")}</dt>
        <dd className={css.versions}>
          {r.history.map((v, i) => (
            <Link
              key={v.version}
              to="/reports/$id"
              params={{ id: r.id }}
              search={(before) => ({ ...before, version: i === 0 ? undefined : String(v.version) })}
              aria-current={v.version === r.version}
              title={v.title}
            >
              {number(v.version, reading)}
            </Link>
          ))}
        </dd>
        <dt>{t("grade.title")}</dt>
        <dd>
          <GradeMark grade={r.grade} />
        </dd>
        <dt>{t("marking.title")}</dt>
        <dd>
          <PortionMark marking={r.marking} />
        </dd>
      </dl>
    </section>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
