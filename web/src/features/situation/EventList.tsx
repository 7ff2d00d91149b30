import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sources as sourcesOf } from "../../api/queries";
import type { Event } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Empty, ListSkeleton } from "../../parts/States";
import { CountryName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import { EventDate } from "./EventDetail";
import css from "./Events.module.css";
import { categories, tollText } from "./events";
import type { Layers } from "./useLayers";

interface Props {
  layers: Layers;
  category: string | undefined;
  onCategory: (category: string | undefined) => void;
  onOpen: (id: string) => void;
}

/** The events in the map's view, the latest first. */
export function EventList({ layers, category, onCategory, onOpen }: Props) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const sources = useQuery(sourcesOf);
  const named = new Map(sources.data?.sources.map((s) => [s.id, s.name]));
  const words = categories
    .map((c) => ({ value: c as string, label: t(`event.category.${c}`) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  return (
    <>
      <div className={css.tools}>
        <NativeSelect
          aria-label={t("event.category")}
          value={category ?? ""}
          data={[{ value: "", label: `${t("event.category")}: –` }, ...words]}
          onChange={(event) => onCategory(event.currentTarget.value || undefined)}
        />
        {layers.widened ? <p>{t("event.widened")}</p> : null}
      </div>
      {layers.pending ? <ListSkeleton /> : null}
      {!layers.pending && layers.events.length === 0 && !layers.error ? (
        <Empty title={t("events.empty.title")} text={t("events.empty.text")} />
      ) : null}
      <ol>
        {layers.events.map((e) => (
          <Line key={e.id} event={e} source={e.source ? named.get(e.source) : undefined} onOpen={() => onOpen(e.id)} />
        ))}
      </ol>
      {layers.more ? (
        <div className={css.more}>
          <Button variant="default" onClick={layers.more} loading={layers.moreComing}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Line({ event: e, source, onOpen }: { event: Event; source: string | undefined; onOpen: () => void }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  return (
    <li className={css.item} data-item data-event={e.external_id}>
      <p className={css.category}>
        <span className={css.diamond} aria-hidden />
        {t(`event.category.${e.category}`, { defaultValue: e.category })}
      </p>
      <h2>
        <button type="button" onClick={onOpen} dir="auto">
          {e.title || e.notes || e.external_id}
        </button>
      </h2>
      <p className={css.meta}>
        <EventDate event={e} />
        <span>
          {e.place ? <bdi>{e.place}</bdi> : null}
          {e.place && e.country ? t("list.and") : null}
          {e.country ? <CountryName code={e.country} /> : null}
          {!e.place && !e.country ? <Unknown reason={t("event.noplace")} /> : null}
          {e.geo_precision && e.geo_precision !== "exact" ? ` (${t(`event.geo.${e.geo_precision}`)})` : null}
        </span>
        <span>
          {t("event.killed")}{" "}
          {e.killed ? (
            <bdi dir="ltr">{tollText(e.killed, (n) => number(n, reading))}</bdi>
          ) : (
            <Unknown reason={t("event.notoll")} />
          )}
        </span>
      </p>
      <p className={css.foot}>
        <PortionMark marking={e.marking} />
        <small>{source ? <bdi>{source}</bdi> : t("source.hidden")}</small>
      </p>
    </li>
  );
}
