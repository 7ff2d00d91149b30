import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { eventClusters, events as eventsOf, tracks as tracksOf } from "../../api/queries";
import type { EventFilter, Filter, Track } from "../../api/types";
import { useReading } from "../../app/preferences";
import type { EventPoint, TrackPoint } from "../../map/layers";
import { sidcOf } from "../../map/sidc";
import { useNow } from "../../parts/When";
import { number } from "../../text/dates";
import { type Layer, plainWords } from "./layers";

/** Events and positions of the map's view, asked for while their layer is shown. */
export function useLayers(
  shown: ReadonlySet<Layer>,
  question: Filter,
  bbox: string | undefined,
  zoom: number,
  category?: string,
) {
  const reading = useReading();
  const now = useNow();
  const { q, from, until } = question;
  const filter: EventFilter = useMemo(
    () => ({ q: plainWords(q), from, until, bbox, category: category ? [category] : undefined }),
    [q, from, until, bbox, category],
  );
  const withEvents = shown.has("events");
  const withPositions = shown.has("positions");
  const clusters = useQuery(eventClusters(filter, zoom, withEvents));
  const list = useInfiniteQuery({ ...eventsOf(filter), enabled: withEvents && bbox !== undefined });
  const tracks = useQuery(tracksOf(bbox, withPositions));

  const groups = useMemo(() => (withEvents ? (clusters.data?.clusters ?? []) : []), [withEvents, clusters.data]);
  const current: Track[] = useMemo(
    () => (withPositions ? (tracks.data?.tracks ?? []).filter((t) => Date.parse(t.stale) > now) : []),
    [withPositions, tracks.data, now],
  );
  const eventPoints: EventPoint[] = useMemo(
    () => groups.map((c) => ({ ...c.point, count: c.events, text: number(c.events, reading) })),
    [groups, reading],
  );
  const placed = useMemo(() => current.filter((t) => t.point !== null), [current]);
  const trackPoints: TrackPoint[] = useMemo(
    () => placed.flatMap((t) => (t.point ? [{ ...t.point, sidc: sidcOf(t.type), name: t.callsign || t.uid }] : [])),
    [placed],
  );
  const events = useMemo(
    () => (withEvents ? (list.data?.pages.flatMap((p) => p.events) ?? []) : []),
    [withEvents, list.data],
  );
  return {
    groups,
    eventPoints,
    trackPoints,
    events,
    tracks: current,
    /** The question has more in it than events can be searched for. */
    widened: Boolean(q) && filter.q === undefined,
    pending: withEvents && list.isPending,
    error: (withEvents ? (list.error ?? clusters.error) : null) ?? (withPositions ? tracks.error : null),
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    moreComing: list.isFetchingNextPage,
  };
}
export type Layers = ReturnType<typeof useLayers>;
