import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  calendar as calendarOf,
  centre as centreOf,
  charter as charterOf,
  session as sessionOf,
} from "../../api/queries";
import type { Centre as CentreOf, Term } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import parts from "../../parts/parts.module.css";
import { ListSkeleton, Trouble } from "../../parts/States";
import { useNow } from "../../parts/When";
import { Code, LanguageName, Unknown } from "../../parts/Words";
import { dayOf, number } from "../../text/dates";
import css from "./Centre.module.css";
import { Persons } from "./Persons";
import { Translation } from "./Translation";

export function Centre() {
  const { t } = useTranslation();
  const { language, reading } = usePreferences();
  const centre = useQuery(centreOf);
  const session = useQuery(sessionOf);
  useBanner([]);
  if (centre.isPending) return <ListSkeleton />;
  if (centre.isError) {
    return (
      <div className={parts.page}>
        <Trouble error={centre.error} retry={() => void centre.refetch()} />
      </div>
    );
  }
  const c = centre.data;
  const name = (code: string) => c.members.find((m) => m.code === code)?.names[language] ?? code;
  return (
    <div className={parts.page}>
      <h1>
        <bdi>{c.name}</bdi>
      </h1>
      {c.purpose ? (
        <p className={css.purpose} dir="auto">
          {c.purpose}
        </p>
      ) : null}
      <div className={css.grid}>
        <HeadNow centre={c} name={name} />
        <section className={css.card}>
          <h2>{t("centre.members")}</h2>
          <ul className={css.members}>
            {c.members.map((m) => (
              <li key={m.code}>
                <bdi className={css.code}>{m.code}</bdi>
                <div>
                  <strong>{m.names[language] ?? m.code}</strong>
                  <small>
                    {m.founder ? t("centre.founder") : t("centre.acceded")}
                    {m.joined ? (
                      <>
                        {t("list.and")}
                        <bdi>{dayOf(m.joined, reading)}</bdi>
                      </>
                    ) : null}
                    {m.withdrawn ? (
                      <>
                        {" · "}
                        {t("centre.withdrawn")}
                        {t("list.and")}
                        <bdi>{dayOf(m.withdrawn, reading)}</bdi>
                      </>
                    ) : null}
                    <br />
                    <LanguageName tag={m.language} />
                    {" · "}
                    {t(`calendar.${m.calendar}`)}
                    {" · "}
                    <Code>{m.time_zone}</Code>
                  </small>
                </div>
              </li>
            ))}
          </ul>
          <p className={css.note}>
            {t("centre.languages")}{" "}
            {c.languages.map((l, i) => (
              <span key={l}>
                {i > 0 ? t("list.and") : ""}
                <LanguageName tag={l} />
              </span>
            ))}
          </p>
        </section>
      </div>
      <Rotation centre={c} name={name} />
      {session.data?.person.roles?.includes("administrator") ? (
        <Persons member={name(session.data.person.member)} self={session.data.person.id} />
      ) : null}
      {session.data ? (
        <Translation
          name={name}
          member={session.data.person.member}
          administrator={session.data.person.roles?.includes("administrator") ?? false}
        />
      ) : null}
      <CharterText />
    </div>
  );
}

interface NamedCentre {
  centre: CentreOf;
  name: (code: string) => string;
}

/** Who heads the centre at this instant, and how much of the term is left. */
function HeadNow({ centre: c, name }: NamedCentre) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const now = useNow();
  const terms = useTerms(c).data?.terms ?? [];
  const { head, chair } = c;
  if (head === null || chair === null) {
    return (
      <section className={css.card}>
        <h2>{t("centre.head")}</h2>
        <p>{t("centre.nohead")}</p>
      </section>
    );
  }
  const from = Date.parse(chair.from);
  const until = Date.parse(chair.until);
  const next = terms.find((term) => Date.parse(term.from) >= until);
  const passed = Math.min(1, Math.max(0, (now - from) / (until - from)));
  return (
    <section className={css.card}>
      <h2>{t("centre.head")}</h2>
      <p className={css.headMember}>{name(head.member)}</p>
      <p className={css.headName}>
        {head.name ? <bdi>{head.name}</bdi> : <Unknown reason={t("centre.noname")} />}
        {head.acting ? <em className={css.acting}>{t("centre.acting")}</em> : null}
      </p>
      {head.reason ? (
        <p className={css.reason}>
          <bdi>{head.reason}</bdi>
        </p>
      ) : null}
      {head.limits.length > 0 ? (
        <>
          <h3 className={css.limitsTitle}>{t("centre.limits")}</h3>
          <ul className={css.limits}>
            {head.limits.map((limit) => (
              <li key={limit}>
                <bdi>{limit}</bdi>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className={css.term} aria-hidden>
        <span style={{ inlineSize: `${passed * 100}%` }} />
      </div>
      <p className={css.termDates}>
        <bdi>{dayOf(chair.from, reading)}</bdi>
        <strong>{t("head.days", { count: chair.days_left, n: number(chair.days_left, reading) })}</strong>
        <bdi>{dayOf(chair.until, reading)}</bdi>
      </p>
      {next ? <p className={css.next}>{t("centre.next", { member: name(next.member) })}</p> : null}
    </section>
  );
}

const year = 365.25 * 86_400_000;

function useTerms(c: CentreOf) {
  const anchor = c.chair?.from;
  const [from, until] = useMemo(() => {
    const start = anchor ? Date.parse(anchor) : Date.now();
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    return [day(start - 60 * 86_400_000), day(start + 2 * year)];
  }, [anchor]);
  return useQuery(calendarOf(from, until));
}

/** The calendar of terms: one before, the present one, and those to come. */
function Rotation({ centre: c, name }: NamedCentre) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const terms = useTerms(c);
  if (terms.isError) return <Trouble error={terms.error} retry={() => void terms.refetch()} />;
  const rows: Term[] = terms.data?.terms ?? [];
  return (
    <section className={css.section}>
      <h2>{t("centre.rotation")}</h2>
      {terms.isPending ? <ListSkeleton rows={3} /> : null}
      <ol className={css.terms}>
        {rows.map((term) => (
          <li key={term.from} aria-current={term.current ? "time" : undefined}>
            <strong>{name(term.member)}</strong>
            <span>
              <bdi>{dayOf(term.from, reading)}</bdi> – <bdi>{dayOf(term.until, reading)}</bdi>
            </span>
            {term.current ? <em>{t("centre.current")}</em> : null}
          </li>
        ))}
      </ol>
      <p className={css.note}>{t("centre.rotation.note", { zone: c.time_zone })}</p>
    </section>
  );
}

function CharterText() {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const charter = useQuery(charterOf);
  if (charter.isPending) return <ListSkeleton rows={4} />;
  if (charter.isError) return <Trouble error={charter.error} retry={() => void charter.refetch()} />;
  const { text, version, versions } = charter.data;
  return (
    <section className={css.section}>
      <h2>{t("centre.charter")}</h2>
      <ul className={css.versions}>
        {(versions ?? []).map((v) => (
          <li key={v.version}>
            {t("charter.version", {
              version: number(v.version, reading),
              effective: dayOf(v.effective, reading),
            })}
            {v.by ? (
              <>
                {" · "}
                <bdi>{v.by}</bdi>
              </>
            ) : null}
            {v.version === version ? ` · ${t("charter.inforce")}` : ""}
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by the keyboard too */}
      <section className={css.charter} dir="ltr" tabIndex={0} aria-label={t("centre.charter")}>
        <pre>{text}</pre>
      </section>
    </section>
  );
}
