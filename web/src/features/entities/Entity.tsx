import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { entity as entityOf, reports as reportsOf } from "../../api/queries";
import type { EntityHead, Entity as EntityOf, Moment, ReportHead } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import parts from "../../parts/parts.module.css";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Title } from "../../parts/Title";
import { When } from "../../parts/When";
import { CountryName, LanguageName, Machine, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import { Decisions, Proposals, Split } from "./Decide";
import css from "./Entity.module.css";
import { nameFor } from "./name";

/** A person or body across reports, as far as they are released to the reader. */
export function Entity() {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const { id } = useParams({ from: "/entities/$id" });
  const entity = useQuery(entityOf(id));
  const of = entity.data?.id ?? id;
  const reports = useInfiniteQuery({ ...reportsOf({ q: `entity:${of}` }), enabled: entity.isSuccess });
  const all = reports.data?.pages.flatMap((p) => p.reports) ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  useBanner([...all.map((r) => r.marking), ...(entity.data?.marking ? [entity.data.marking] : [])]);

  if (entity.isPending) return <ListSkeleton />;
  if (entity.isError) {
    return (
      <div className={parts.page}>
        <Trouble error={entity.error} retry={() => void entity.refetch()} />
      </div>
    );
  }
  const e = entity.data;
  return (
    <div className={parts.page} data-entity={e.id}>
      <p className={css.kicker}>
        {t(`mention.kind.${e.kind}`)} <Machine />
      </p>
      <h1 className={css.name}>
        <EntityName entity={e} />
      </h1>
      <p className={css.sub}>
        {e.countries.map((c, i) => (
          <span key={c}>
            {i > 0 ? t("list.and") : ""}
            <CountryName code={c} />
          </span>
        ))}
        <span>{t("entity.reports", { count: e.reports, n: number(e.reports, reading) })}</span>
        <Days first={e.first} last={e.last} />
      </p>
      <div className={css.columns}>
        <section aria-label={t("entity.in")}>
          <h2>{t("entity.in")}</h2>
          {reports.isPending ? <ListSkeleton rows={4} /> : null}
          {reports.isError ? <Trouble error={reports.error} retry={() => void reports.refetch()} /> : null}
          {reports.isSuccess && all.length === 0 ? <p className={css.quiet}>{t("entity.in.none")}</p> : null}
          <ol className={css.reports}>
            {all.map((r) => (
              <Line
                key={r.id}
                report={r}
                chosen={chosen.includes(r.id)}
                choose={
                  e.may_decide && e.reports > 1
                    ? (on) => setChosen(on ? [...chosen, r.id] : chosen.filter((c) => c !== r.id))
                    : undefined
                }
              />
            ))}
          </ol>
          {reports.hasNextPage ? (
            <Button variant="default" onClick={() => void reports.fetchNextPage()} loading={reports.isFetchingNextPage}>
              {t("more")}
            </Button>
          ) : null}
          {chosen.length > 0 ? <Split entity={e} reports={chosen} done={() => setChosen([])} /> : null}
        </section>
        <aside className={css.aside}>
          <Names entity={e} />
          <Roles entity={e} />
          {e.beside.length > 0 ? (
            <section>
              <h2>{t("entity.beside")}</h2>
              <ul className={css.beside}>
                {e.beside.map((b) => (
                  <li key={b.entity.id}>
                    <Link to="/entities/$id" params={{ id: b.entity.id }}>
                      <EntityName entity={b.entity} />
                    </Link>
                    <small>{number(b.reports, reading)}</small>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <Proposals entity={e} />
          <Decisions entity={e} />
        </aside>
      </div>
    </div>
  );
}

/** From the first day to the last; one day is said once. */
function Days({ first, last }: { first: Moment | null; last: Moment | null }) {
  if (!first || !last) return null;
  return (
    <span>
      <When moment={first} full />
      {first.time === last.time ? null : (
        <>
          {" – "}
          <When moment={last} full />
        </>
      )}
    </span>
  );
}

/** The name that a reader knows best, in its own direction. */
export function EntityName({ entity }: { entity: EntityHead }) {
  const { language } = usePreferences();
  const name = nameFor(entity.names, language);
  return name ? <Own text={name.text} language={name.language} /> : <bdi>{entity.known || "–"}</bdi>;
}

function Line({
  report,
  chosen,
  choose,
}: {
  report: ReportHead;
  chosen: boolean;
  choose: ((on: boolean) => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <li data-item>
      {choose ? (
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t("entity.split.choose", { title: report.title })}
          onChange={(event) => choose(event.currentTarget.checked)}
        />
      ) : null}
      <div>
        <h3>
          <Link to="/reports/$id" params={{ id: report.id }}>
            <Own text={report.title} language={report.language} />
          </Link>
        </h3>
        <p className={css.meta}>
          <When moment={report.published} />
          <span>{report.source ? <bdi>{report.source.name}</bdi> : t("source.hidden")}</span>
          <LanguageName tag={report.language} />
          <PortionMark marking={report.marking} />
        </p>
      </div>
    </li>
  );
}

/** Names by language, the most carried first. */
function Names({ entity }: { entity: EntityOf }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const languages = [...new Set(entity.names.map((n) => n.language))];
  return (
    <section>
      <h2>{t("entity.names")}</h2>
      <dl className={css.names}>
        {languages.map((l) => (
          <div key={l}>
            <dt>
              <LanguageName tag={l} />
            </dt>
            <dd>
              {entity.names
                .filter((n) => n.language === l)
                .map((n) => (
                  <span key={n.text}>
                    <Own text={n.text} language={n.language} />
                    {n.count > 0 ? <small>{number(n.count, reading)}</small> : null}
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What reports say that somebody is, the latest first. */
function Roles({ entity }: { entity: EntityOf }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  if (entity.roles.length === 0) return null;
  return (
    <section>
      <h2>{t("entity.roles")}</h2>
      <ul className={css.roles}>
        {entity.roles.map((r) => (
          <li key={`${r.name} ${r.country} ${r.of}`}>
            <span>
              <Title role={r.name} />
              {r.country ? (
                <>
                  {", "}
                  <CountryName code={r.country} />
                </>
              ) : null}
            </span>
            <small>
              {t("entity.reports", { count: r.count, n: number(r.count, reading) })}
              {r.first ? " · " : null}
              <Days first={r.first} last={r.last} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
