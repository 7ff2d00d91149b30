import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { clusters as clustersOf, event as eventOf, histogram as histogramOf } from "../../api/queries";
import type { Box, Cluster, Filter, Story } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import { LazyMap } from "../../map/LazyMap";
import type { MapPoint, View } from "../../map/MapView";
import { QueryTrouble } from "../../parts/States";
import { placeName } from "../../parts/Words";
import { number } from "../../text/dates";
import { withTerm } from "../../text/terms";
import { EventDetail } from "./EventDetail";
import { EventList } from "./EventList";
import { layersOf } from "./layers";
import { MapTools } from "./MapTools";
import { PlaceList } from "./PlaceList";
import { PositionList } from "./PositionList";
import css from "./Situation.module.css";
import { StoryList } from "./StoryList";
import { TimeBrush } from "./TimeBrush";
import { useLayers } from "./useLayers";
import { useLiveStories } from "./useLiveStories";

const bboxText = (b: Box) => `${b.west},${b.south},${b.east},${b.north}`;
const within = (box: Box, lon: number, lat: number) => {
  const near = 0.001;
  return lat >= box.south - near && lat <= box.north + near && lon >= box.west - near && lon <= box.east + near;
};

function viewOf(text: string | undefined): View | undefined {
  const [lon, lat, zoom] = (text ?? "").split(",").map(Number);
  if (lon === undefined || lat === undefined || zoom === undefined || ![lon, lat, zoom].every(Number.isFinite)) return;
  return { lon, lat, zoom };
}

export function Situation() {
  const { t } = useTranslation();
  const { language, reading } = usePreferences();
  const address = useSearch({ from: "__root__" });
  const navigate = useNavigate();
  const { q, from, until, inview, show } = address;
  const [box, setBox] = useState<Box>();
  const [zoom, setZoom] = useState(3);
  const [hotCluster, setHotCluster] = useState<number | null>(null);
  const [hotStory, setHotStory] = useState<Story | null>(null);
  const [fit, setFit] = useState<Box>();
  const narrow = typeof window !== "undefined" && window.innerWidth < 760;
  const view = viewOf(address.at) ?? { lon: 43, lat: narrow ? 33 : 37, zoom: narrow ? 2.6 : 3.7 };

  const question: Filter = useMemo(() => ({ q, from, until }), [q, from, until]);
  const inView = inview === "1" && box ? bboxText(box) : undefined;
  const listed: Filter = useMemo(() => ({ ...question, bbox: inView }), [question, inView]);
  const shown = useMemo(() => layersOf(address.layers), [address.layers]);
  const bbox = box && bboxText(box);
  const clusters = useQuery(clustersOf({ ...question, bbox }, zoom));
  const layers = useLayers(shown, question, bbox, zoom, address.category);
  const histogram = useQuery(histogramOf({ q, bbox: inView }, 72));
  const live = useLiveStories(listed);
  // The panel lists what the map shows; stories where it shows anything else.
  const lists = [
    ...(shown.has("reports") ? ["stories"] : []),
    ...(shown.has("events") ? ["events"] : []),
    ...(shown.has("positions") ? ["positions"] : []),
  ];
  const panel = lists.includes(address.panel ?? "") ? address.panel : lists[0];
  const opened = useQuery({ ...eventOf(address.event ?? ""), enabled: address.event !== undefined });
  useBanner([
    ...(address.event && opened.data ? [opened.data.marking] : []),
    ...(panel === "stories" ? live.stories.map((s) => s.marking) : []),
    ...(panel === "events" ? layers.events.map((e) => e.marking) : []),
    ...layers.tracks.map((t) => t.marking), // their names stand on the map
  ]);

  const withReports = shown.has("reports");
  const groups = useMemo(() => (withReports ? (clusters.data?.clusters ?? []) : []), [withReports, clusters.data]);
  const points: MapPoint[] = useMemo(
    () =>
      groups.map((c) => ({
        lon: c.point.lon,
        lat: c.point.lat,
        count: c.reports,
        text: number(c.reports, reading),
        name: c.places?.[0] ? placeName(c.places[0], language) : "",
      })),
    [groups, language, reading],
  );
  const hot = useMemo(() => {
    const set = new Set<number>();
    if (hotCluster !== null) set.add(hotCluster);
    for (const place of hotStory?.places ?? []) {
      const point = place.point;
      if (!point) continue;
      const index = groups.findIndex((c) => within(c.box, point.lon, point.lat));
      if (index >= 0) set.add(index);
    }
    return set;
  }, [hotCluster, hotStory, groups]);
  const hotBox = hotCluster === null ? undefined : groups[hotCluster]?.box;
  const isHot = (story: Story) =>
    hotBox !== undefined && story.places.some((p) => p.point && within(hotBox, p.point.lon, p.point.lat));

  const change = useCallback(
    (changed: Partial<typeof address>, replace = false) =>
      void navigate({ to: "/", search: (before) => ({ ...before, ...changed }), replace }),
    [navigate],
  );
  const onView = useCallback(
    (v: View, b: Box) => {
      setBox(b);
      setZoom(Math.round(v.zoom));
      change({ at: `${v.lon},${v.lat},${v.zoom}` }, true);
    },
    [change],
  );
  const choosePlace = (cluster: Cluster) => {
    const { box: b, places } = cluster;
    const one = b.east - b.west < 0.02 && b.north - b.south < 0.02;
    if (one && places?.[0]) change({ q: withTerm(q ?? "", "place", places[0].name) || undefined });
    else setFit(b);
  };

  const mistake = live.error ?? clusters.error ?? histogram.error ?? layers.error;
  const stories = <StoryList live={live} filter={listed} isHot={isHot} onHover={setHotStory} />;
  return (
    <div className={css.situation}>
      <h1 className="sr-only">{t("nav.situation")}</h1>
      <section className={css.mapArea}>
        {show === "places" ? (
          <PlaceList filter={listed} onPlace={(name) => change({ q: withTerm(q ?? "", "place", name) || undefined })} />
        ) : (
          <LazyMap
            points={points}
            hot={hot}
            events={layers.eventPoints}
            tracks={layers.trackPoints}
            view={view}
            fit={fit}
            language={language}
            label={t("map.label")}
            onView={onView}
            onHover={setHotCluster}
            onPick={(index) => {
              const cluster = groups[index];
              if (cluster) choosePlace(cluster);
            }}
            onEvents={(index) => {
              const group = layers.groups[index];
              if (!group) return;
              change(group.events === 1 ? { event: group.newest } : { panel: "events" });
              if (group.events > 1) setFit(group.box);
            }}
            onTrack={() => change({ panel: "positions" })}
          />
        )}
        <MapTools
          asList={show === "places"}
          inView={inview === "1"}
          shown={shown}
          onList={() => change({ show: show === "places" ? undefined : "places" })}
          onInView={(yes) => change({ inview: yes ? "1" : undefined })}
          onLayers={(value) => change({ layers: value }, true)}
        />
      </section>
      <div className={css.brush}>
        <TimeBrush
          histogram={histogram.data}
          range={{ from, until }}
          onRange={(range) => change({ from: range.from, until: range.until }, true)}
        />
      </div>
      <aside className={css.panel} aria-label={t(panel === "stories" ? "stories.newest" : `panel.${panel}`)}>
        {mistake ? (
          <div className={css.mistake}>
            <QueryTrouble error={mistake} q={q ?? ""} />
          </div>
        ) : null}
        {lists.length === 1 && lists[0] === "stories" ? (
          stories
        ) : (
          <Tabs
            value={panel}
            onChange={(value) => change({ panel: value ?? undefined }, true)}
            keepMounted={false}
            className={css.tabs}
          >
            <Tabs.List>
              {lists.map((list) => (
                <Tabs.Tab key={list} value={list} data-tab={list}>
                  {t(`panel.${list}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="stories">{stories}</Tabs.Panel>
            <Tabs.Panel value="events">
              <EventList
                layers={layers}
                category={address.category}
                onCategory={(category) => change({ category }, true)}
                onOpen={(id) => change({ event: id })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="positions">
              <PositionList tracks={layers.tracks} />
            </Tabs.Panel>
          </Tabs>
        )}
      </aside>
      <EventDetail id={address.event} onClose={() => change({ event: undefined })} />
    </div>
  );
}
