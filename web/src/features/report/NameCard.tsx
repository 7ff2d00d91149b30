import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Mention } from "../../api/types";
import { useReading } from "../../app/preferences";
import { FindingReasons } from "../../parts/FindingReasons";
import { Title } from "../../parts/Title";
import { Code, CountryName, Machine, Unknown } from "../../parts/Words";
import { exact, instant, number, type Reading } from "../../text/dates";
import css from "./ReportText.module.css";

/** The words that name a person, an organisation or a time, and on demand what they were read as. */
export function Named({ mention, children }: { mention: Mention; children: ReactNode }) {
  return (
    <Popover width={310} position="bottom" withArrow trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={`${css.mention} ${css.name}`}>
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <NameCard mention={mention} />
      </Popover.Dropdown>
    </Popover>
  );
}

const day = 24 * 60 * 60 * 1000;

/**
 * The days or hours that a time expression means. Days are the calendar's own
 * and stand as UTC days, whatever the reader's zone.
 */
export function span(when: NonNullable<Mention["when"]>, reading: Reading): string {
  if (when.precision === "minute" || when.precision === "hour") return exact(instant(when.from), reading);
  const utc = { ...reading, zone: "UTC" };
  const dated = (ms: number) => exact({ ...instant(new Date(ms).toISOString()), precision: "day" }, utc);
  const from = Date.parse(when.from);
  const last = Date.parse(when.until) - day;
  return last > from ? `${dated(from)} – ${dated(last)}` : dated(from);
}

function NameCard({ mention }: { mention: Mention }) {
  const { t, i18n } = useTranslation();
  const reading = useReading();
  const known = mention.entity !== "" && !mention.entity.startsWith("#");
  return (
    <div className={css.card} lang={i18n.language} dir={i18n.dir()}>
      <p className={css.cardName}>
        <bdi>{mention.text}</bdi>
      </p>
      <p className={css.cardClass}>
        {t(`mention.kind.${mention.kind}`)}
        {mention.form === "role" ? ` · ${t("mention.form.role")}` : ""}
        {mention.form === "acronym" ? ` · ${t("mention.form.acronym")}` : ""}
      </p>
      <dl>
        {mention.kind === "time" ? (
          <>
            <dt>{t("mention.when")}</dt>
            <dd>
              {mention.when ? <bdi>{span(mention.when, reading)}</bdi> : <Unknown reason={t("mention.unresolved")} />}
            </dd>
            {mention.when ? (
              <>
                <dt>{t("mention.basis")}</dt>
                <dd>{t(`mention.basis.${mention.when.basis}`)}</dd>
              </>
            ) : null}
          </>
        ) : null}
        {mention.role ? (
          <>
            <dt>{t("mention.role")}</dt>
            <dd>
              <Title role={mention.role} />
            </dd>
          </>
        ) : null}
        {mention.country ? (
          <>
            <dt>{t("mention.country")}</dt>
            <dd>
              <CountryName code={mention.country} />
            </dd>
          </>
        ) : null}
        {known ? (
          <>
            <dt>{t("mention.entity")}</dt>
            <dd>
              <Code>{mention.entity}</Code>
            </dd>
          </>
        ) : null}
        <dt>{t("place.score")}</dt>
        <dd>
          <bdi>{number(mention.score, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi>
        </dd>
      </dl>
      {mention.identity ? (
        <p>
          <Link to="/entities/$id" params={{ id: mention.identity }} data-identity>
            {t("mention.identity")}
          </Link>
        </p>
      ) : null}
      <p className={css.why}>{t("mention.why")}</p>
      <FindingReasons found={mention} className={css.reasons} />
      <p className={css.cardEnd}>
        <span title={`${mention.step} ${mention.version}`}>
          <Machine />
        </span>
      </p>
    </div>
  );
}
