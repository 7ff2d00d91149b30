import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { centre as centreOf, facets as facetsOf, places as placesOf, reports as reportsOf } from "../../api/queries";
import type { Count, ReportItem } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { keepQuestion } from "../../app/Frame";
import { usePreferences } from "../../app/preferences";
import { GradeMark, PortionMark, WithdrawnMark } from "../../parts/Marks";
import { Empty, ListSkeleton, QueryTrouble } from "../../parts/States";
import { When } from "../../parts/When";
import { Hits, LanguageName, PlaceName, placeName } from "../../parts/Words";
import { languageName } from "../../text/countries";
import { number } from "../../text/dates";
import { termOf, withTerm } from "../../text/terms";
import css from "./Search.module.css";
import { Syntax } from "./Syntax";

/** How many lines a facet shows. */
const lines = 12;

export function Search() {
  const { t } = useTranslation();
  const { reading, language } = usePreferences();
  const { q, from, until } = useSearch({ from: "__root__" });
  const navigate = useNavigate();
  const filter = useMemo(() => ({ q, from, until }), [q, from, until]);
  const list = useInfiniteQuery(reportsOf(filter));
  const facets = useQuery(facetsOf(filter));
  // The facet of places has their names in one language; the list of places in all.
  const places = useQuery(placesOf(filter, lines));
  const reports = list.data?.pages.flatMap((p) => p.reports) ?? [];
  useBanner(reports.map((r) => r.marking));
  const members = useQuery(centreOf).data?.members ?? [];
  const total = facets.data?.total;

  const toggle = (field: string) => (key: string) =>
    void navigate({
      to: "/search",
      search: (before) => ({ ...before, q: withTerm(q ?? "", field, key) || undefined }),
    });
  const groups: { field: string; title: string; counts: Count[] | null | undefined; name: (c: Count) => string }[] = [
    {
      field: "lang",
      title: t("facet.language"),
      counts: facets.data?.languages,
      name: (c) => (c.key === "und" ? t("language.unknown") : languageName(c.key, language)),
    },
    { field: "source", title: t("facet.source"), counts: facets.data?.sources, name: (c) => c.name },
    {
      field: "place",
      title: t("facet.place"),
      counts: places.data?.places.map(({ place, reports: count }) => ({ key: place.id, name: place.name, count })),
      name: (c) => {
        const found = places.data?.places.find(({ place }) => place.id === c.key);
        return found ? placeName(found.place, language) : c.name;
      },
    },
    {
      field: "member",
      title: t("facet.member"),
      counts: facets.data?.members,
      name: (c) => members.find((m) => m.code === c.key)?.names[language] ?? c.name,
    },
  ];
  return (
    <div className={css.search}>
      <div className={css.facets}>
        {groups.map((g) => (
          <Facet
            key={g.field}
            title={g.title}
            counts={g.counts ?? []}
            name={g.name}
            chosen={termOf(q ?? "", g.field)}
            // A place is chosen by its name: that is what a person would type.
            onToggle={(c) => toggle(g.field)(g.field === "place" ? c.name : c.key)}
          />
        ))}
      </div>
      <section className={css.results} aria-label={t("search.results")}>
        <header className={css.header}>
          <h1>{t("nav.search")}</h1>
          <p aria-live="polite">
            {total === undefined ? "" : t("reports", { count: total, n: number(total, reading) })}
          </p>
          <Syntax />
        </header>
        {list.isError ? <QueryTrouble error={list.error} q={q ?? ""} /> : null}
        {list.isPending ? <ListSkeleton /> : null}
        {list.isSuccess && reports.length === 0 ? (
          <Empty
            title={t(q || from || until ? "search.nomatch.title" : "stories.empty.title")}
            text={t(q || from || until ? "search.nomatch.text" : "stories.empty.text")}
            action={
              q || from || until ? (
                <Button variant="default" onClick={() => void navigate({ to: "/search", search: {} })}>
                  {t("filter.clear")}
                </Button>
              ) : (
                <Button component={Link} to="/sources">
                  {t("nav.sources")}
                </Button>
              )
            }
          />
        ) : null}
        <ol className={css.list} data-stale={list.isPlaceholderData}>
          {reports.map((r) => (
            <Hit key={r.id} report={r} />
          ))}
        </ol>
        {list.hasNextPage ? (
          <Button
            className={css.more}
            variant="default"
            onClick={() => void list.fetchNextPage()}
            loading={list.isFetchingNextPage}
          >
            {t("more")}
          </Button>
        ) : null}
      </section>
    </div>
  );
}

interface FacetProps {
  title: string;
  counts: Count[];
  name: (c: Count) => string;
  chosen: string | null;
  onToggle: (c: Count) => void;
}

function Facet({ title, counts, name, chosen, onToggle }: FacetProps) {
  const { reading } = usePreferences();
  if (counts.length === 0) return null;
  const most = Math.max(...counts.map((c) => c.count));
  // Where they stand above the results and not beside them, facets begin closed.
  const wide = window.innerWidth > 900;
  return (
    <details className={css.facet} open={wide}>
      <summary>{title}</summary>
      <ul>
        {counts.slice(0, lines).map((c) => (
          <li key={c.key}>
            <button
              type="button"
              aria-pressed={chosen !== null && (chosen === c.key || chosen === c.name)}
              onClick={() => onToggle(c)}
            >
              <span className={css.bar} style={{ inlineSize: `${(c.count / most) * 100}%` }} aria-hidden />
              <bdi className={css.name}>{name(c)}</bdi>
              <span className={css.count}>{number(c.count, reading)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Hit({ report: r }: { report: ReportItem }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  return (
    <li className={css.hit} data-item>
      <h2>
        <Link to="/reports/$id" params={{ id: r.id }} search={keepQuestion}>
          <Hits text={r.title} language={r.language} hits={r.hits.title} />
        </Link>
        {r.withdrawn ? <WithdrawnMark sentence={r.withdrawn} /> : null}
      </h2>
      <p className={css.snippet}>
        <Hits text={r.snippet} language={r.language} hits={r.hits.snippet} />
      </p>
      <p className={css.meta}>
        <span>{r.source ? <bdi>{r.source.name}</bdi> : t("source.hidden")}</span>
        <When moment={r.published} />
        <LanguageName tag={r.language} />
        {r.places.length > 0 ? (
          <span>
            {r.places.slice(0, 3).map((p, i) => (
              <span key={p.id}>
                {i > 0 ? t("list.and") : ""}
                <PlaceName place={p} />
              </span>
            ))}
          </span>
        ) : null}
        {r.copies > 1 ? <span>{t("copies", { count: r.copies, n: number(r.copies, reading) })}</span> : null}
        <GradeMark grade={r.grade} />
        <PortionMark marking={r.marking} />
      </p>
    </li>
  );
}
