import { Button, Menu } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { storyGrouping, story as storyOf, storyReports } from "../../api/queries";
import type { ReportEcho, ReportHead } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { keepQuestion } from "../../app/Frame";
import { usePreferences } from "../../app/preferences";
import { InsetMap } from "../../map/LazyMap";
import { GradeMark, PortionMark, WithdrawnMark } from "../../parts/Marks";
import parts from "../../parts/parts.module.css";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Recorded, When } from "../../parts/When";
import { LanguageName, Machine, Own, PlaceName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import { EntityName } from "../entities/Entity";
import { ClaimsTable } from "./ClaimsTable";
import { Correct, type Correction } from "./Correct";
import { History } from "./History";
import css from "./stories.module.css";

export function Story() {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const { id } = useParams({ from: "/stories/$id" });
  const story = useQuery(storyOf(id));
  const reports = useInfiniteQuery(storyReports(id));
  const grouping = useQuery(storyGrouping(id)).data;
  const [hot, setHot] = useState<string | null>(null);
  const [correction, setCorrection] = useState<Correction | null>(null);
  const navigate = useNavigate();
  // The story may be part of another by now: its old address leads there.
  const now = story.data?.id;
  useEffect(() => {
    if (now && now !== id) void navigate({ to: "/stories/$id", params: { id: now }, replace: true });
  }, [now, id, navigate]);
  const all = reports.data?.pages.flatMap((p) => p.reports) ?? [];
  useBanner([...(story.data ? [story.data.marking] : []), ...all.map((r) => r.marking)]);

  if (story.isPending) return <ListSkeleton />;
  if (story.isError) {
    return (
      <div className={parts.page}>
        <Trouble error={story.error} retry={() => void story.refetch()} />
      </div>
    );
  }
  const s = story.data;
  const places = s.places;
  return (
    <div className={parts.page}>
      <div className={css.kicker}>
        {t("story.kicker")} <Machine />
        {grouping?.may ? (
          <Button
            size="compact-xs"
            variant="default"
            data-merge
            className={css.act}
            onClick={() => setCorrection({ kind: "merge" })}
          >
            {t("story.do.merge")}
          </Button>
        ) : null}
      </div>
      <h1 className={css.headline}>
        <Own text={s.title} language={s.language} />
      </h1>
      <PortionMark marking={s.marking} />
      <ClaimsTable story={s.id} />
      <div className={css.columns}>
        <section className={css.timeline} aria-label={t("story.timeline")}>
          <h2>{t("story.timeline")}</h2>
          {reports.isPending ? <ListSkeleton rows={4} /> : null}
          {reports.isError ? <Trouble error={reports.error} retry={() => void reports.refetch()} /> : null}
          <ol>
            {group(all).map((copies) => (
              <Entry
                key={copies[0]?.id}
                copies={copies}
                all={all}
                echoes={grouping?.echoes ?? []}
                correct={grouping?.may ? setCorrection : undefined}
              />
            ))}
          </ol>
          {reports.hasNextPage ? (
            <Button variant="default" onClick={() => void reports.fetchNextPage()} loading={reports.isFetchingNextPage}>
              {t("more")}
            </Button>
          ) : null}
        </section>
        <aside className={css.aside}>
          <dl className={css.facts}>
            <dt>{t("story.span")}</dt>
            <dd>
              <When moment={s.first} /> – <When moment={s.last} />
            </dd>
            <dt>{t("story.reports")}</dt>
            <dd>{t("story.counts", { reports: number(s.reports, reading), texts: number(s.texts, reading) })}</dd>
            <dt>{t("story.families")}</dt>
            <dd>
              {s.families.length === 0 ? <Unknown reason={t("story.families.none")} /> : null}
              {s.families.map((f, i) => (
                <span key={f}>
                  {i > 0 ? t("list.and") : ""}
                  <bdi>{f}</bdi>
                </span>
              ))}
            </dd>
            <dt>{t("story.languages")}</dt>
            <dd>
              {s.languages.map((l, i) => (
                <span key={l}>
                  {i > 0 ? t("list.and") : ""}
                  <LanguageName tag={l} />
                </span>
              ))}
            </dd>
          </dl>
          {places.some((p) => p.point) ? (
            <figure className={css.inset}>
              <InsetMap places={places} label={t("map.label")} hot={hot} />
            </figure>
          ) : null}
          {places.length > 0 ? (
            <>
              <h2>{t("story.places")}</h2>
              <ul className={css.places}>
                {places.map((p) => (
                  <li key={p.id} onMouseEnter={() => setHot(p.id)} onMouseLeave={() => setHot(null)}>
                    <Link to="/search" search={{ q: `place:"${p.name}"` }}>
                      <PlaceName place={p} />
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          {grouping && grouping.entities.length > 0 ? (
            <>
              <h2 className={css.who}>{t("story.entities")}</h2>
              <ul className={css.places} data-entities>
                {grouping.entities.map((e) => (
                  <li key={e.id}>
                    <Link to="/entities/$id" params={{ id: e.id }}>
                      <EntityName entity={e} />
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          <History story={s.id} edits={grouping?.edits ?? []} may={grouping?.may ?? false} />
        </aside>
      </div>
      {correction ? <Correct story={s} correction={correction} onClose={() => setCorrection(null)} /> : null}
    </div>
  );
}

/** Carriers of the same text stand together, under the first of them that arrived. */
function group(reports: readonly ReportHead[]): ReportHead[][] {
  const sets = new Map<string, ReportHead[]>();
  for (const r of reports) sets.set(r.copy_set ?? r.id, [...(sets.get(r.copy_set ?? r.id) ?? []), r]);
  const time = (r: ReportHead) => r.published?.time ?? r.received;
  const groups = [...sets.values()].map((set) => set.sort((a, b) => a.received.localeCompare(b.received)));
  return groups.sort((a, b) => (a[0] && b[0] ? time(b[0]).localeCompare(time(a[0])) : 0));
}

function Entry({
  copies,
  all,
  echoes,
  correct,
}: {
  copies: ReportHead[];
  all: ReportHead[];
  echoes: ReportEcho[];
  correct?: (c: Correction) => void;
}) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const [first, ...rest] = copies;
  if (first === undefined) return null;
  const echo = echoes.find((e) => e.report === first.id);
  const original = all.find((r) => r.id === echo?.of);
  return (
    <li className={css.entry} data-item>
      <div className={css.when}>
        <When moment={first.published} />
      </div>
      <div className={css.body}>
        <h3>
          <Link to="/reports/$id" params={{ id: first.id }} search={keepQuestion}>
            <Own text={first.title} language={first.language} />
          </Link>
          {first.withdrawn ? <WithdrawnMark sentence={first.withdrawn} /> : null}
          {correct ? (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-xs" variant="subtle" className={css.more} aria-label={t("story.do")} data-do>
                  …
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item data-split onClick={() => correct({ kind: "split", report: first })}>
                  {t("story.do.split")}
                </Menu.Item>
                <Menu.Item data-move onClick={() => correct({ kind: "move", report: first })}>
                  {t("story.do.move")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </h3>
        <p className={css.snippet}>
          <Own text={first.snippet} language={first.language} />
        </p>
        <p className={css.meta}>
          <span>{first.source ? <bdi>{first.source.name}</bdi> : t("source.hidden")}</span>
          <LanguageName tag={first.language} />
          <span>
            {t("received")} <Recorded at={first.received} never={t("when.never")} />
          </span>
          <GradeMark grade={first.grade} />
          <PortionMark marking={first.marking} />
        </p>
        {echo ? (
          <p
            className={css.meta}
            data-echo
            title={echo.shared.length ? t("story.echo.shared", { words: echo.shared.join(" · ") }) : undefined}
          >
            <Machine /> {t("story.echo")}{" "}
            <Link to="/reports/$id" params={{ id: echo.of }} search={keepQuestion}>
              {original ? <Own text={original.title} language={original.language} /> : t("story.echo.open")}
            </Link>
          </p>
        ) : null}
        {rest.length > 0 ? (
          <details className={css.copies}>
            <summary>{t("story.copies", { count: rest.length, n: number(rest.length, reading) })}</summary>
            <ul>
              {rest.map((r) => (
                <li key={r.id}>
                  <Link to="/reports/$id" params={{ id: r.id }} search={keepQuestion}>
                    {r.source ? <bdi>{r.source.name}</bdi> : t("source.hidden")}
                  </Link>
                  {r.withdrawn ? <WithdrawnMark sentence={r.withdrawn} /> : null}
                  <When moment={r.published} />
                  <PortionMark marking={r.marking} />
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </li>
  );
}
