import "maplibre-gl/dist/maplibre-gl.css";
import { useComputedColorScheme } from "@mantine/core";
import {
  AttributionControl,
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { forward } from "mgrs";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Box } from "../api/types";
import { addDiamond, type EventPoint, setEvents, setShape, setTracks, type TrackPoint } from "./layers";
import css from "./map.module.css";
import { mapStyle, palette, repaint } from "./style";
import { countryLabels, loadWorld, plain } from "./world";

setWorkerUrl(workerUrl);

export interface MapPoint {
  lon: number;
  lat: number;
  count: number;
  /** The count as its reader writes it. */
  text: string;
  name: string;
}
export interface View {
  lon: number;
  lat: number;
  zoom: number;
}

interface Props {
  points: readonly MapPoint[];
  /** Indices of the points to set off. */
  hot?: ReadonlySet<number>;
  events?: readonly EventPoint[];
  tracks?: readonly TrackPoint[];
  /** An area or a line that a document itself gives. */
  shape?: GeoJSON.Geometry;
  view?: View;
  /** Shows this instead of view. */
  fit?: Box;
  language: string;
  label: string;
  /** A small map that only shows. */
  inset?: boolean;
  onView?: (view: View, box: Box) => void;
  onHover?: (index: number | null) => void;
  onPick?: (index: number) => void;
  onEvents?: (index: number) => void;
  onTrack?: (index: number) => void;
}

const round = (n: number, digits: number) => Number(n.toFixed(digits));

/** A map on our own basemap. It works without a network. */
export default function MapView(props: Props) {
  const { points, hot, events, tracks, shape, language, label, inset = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const under = useRef<HTMLOutputElement>(null);
  const map = useRef<MapLibre | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const scheme = useComputedColorScheme("light");
  const { t } = useTranslation();
  const words = useRef(t);
  words.current = t;

  useEffect(() => {
    if (box.current === null) return;
    const { view, fit, shape } = latest.current;
    const m = new MapLibre({
      container: box.current,
      style: mapStyle(palette()),
      center: view ? [view.lon, view.lat] : [42, 35],
      zoom: view?.zoom ?? 3.4,
      ...(fit
        ? {
            bounds: [fit.west, fit.south, fit.east, fit.north],
            fitBoundsOptions: { padding: 36, maxZoom: shape ? 9 : 6 },
          }
        : {}),
      minZoom: inset ? 0 : 1,
      maxZoom: 12,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: true,
      interactive: !inset,
      locale: {
        "Map.Title": label,
        "NavigationControl.ZoomIn": words.current("map.zoomin"),
        "NavigationControl.ZoomOut": words.current("map.zoomout"),
      },
    });
    map.current = m;
    m.touchZoomRotate.disableRotation();
    if (!inset) {
      m.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
      m.addControl(new ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-left");
    }
    m.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth" }), "bottom-left");
    m.on("load", async () => {
      const world = await loadWorld();
      if (map.current !== m) return;
      const set = (id: string, data: GeoJSON.GeoJSON) => m.getSource<GeoJSONSource>(id)?.setData(data);
      set("land", world.land);
      set("coast", world.coast);
      set("borders", world.borders);
      set("disputed", world.disputed);
      set("countries", countryLabels(world, latest.current.language));
      addDiamond(m);
      setPoints(m, latest.current.points);
      setEvents(m, latest.current.events ?? []);
      void setTracks(m, latest.current.tracks ?? []);
      setShape(m, latest.current.shape);
      tellView();
      m.on("idle", () => {
        if (m.isSourceLoaded("land") && m.isSourceLoaded("points")) box.current?.setAttribute("data-ready", "true");
      });
    });
    const tellView = () => {
      const c = m.getCenter();
      const b = m.getBounds();
      const wide = b.getEast() - b.getWest() >= 360;
      const wrap = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
      latest.current.onView?.(
        { lon: round(wrap(c.lng), 3), lat: round(c.lat, 3), zoom: round(m.getZoom(), 2) },
        {
          west: wide ? -180 : round(wrap(b.getWest()), 2),
          south: round(Math.max(-90, b.getSouth()), 2),
          east: wide ? 180 : round(wrap(b.getEast()), 2),
          north: round(Math.min(90, b.getNorth()), 2),
        },
      );
    };
    m.on("moveend", tellView);
    m.on("mousemove", (event) => {
      if (under.current) under.current.textContent = position(event.lngLat.wrap().lng, event.lngLat.lat, m.getZoom());
    });
    m.on("mouseout", () => {
      if (under.current) under.current.textContent = "";
    });
    m.on("mousemove", "points", (event) => {
      m.getCanvas().style.cursor = "pointer";
      latest.current.onHover?.(Number(event.features?.[0]?.id));
    });
    m.on("mouseleave", "points", () => {
      m.getCanvas().style.cursor = "";
      latest.current.onHover?.(null);
    });
    for (const layer of ["events", "tracks"]) {
      m.on("mousemove", layer, () => {
        m.getCanvas().style.cursor = "pointer";
      });
      m.on("mouseleave", layer, () => {
        m.getCanvas().style.cursor = "";
      });
    }
    // What lies above is meant: a position, then an event, then reports.
    m.on("click", (event) => {
      const found = m.queryRenderedFeatures(event.point, { layers: ["points", "events", "tracks"] });
      const of = (layer: string) => found.find((f) => f.layer.id === layer)?.id;
      const [track, events, point] = [of("tracks"), of("events"), of("points")];
      if (track !== undefined) latest.current.onTrack?.(Number(track));
      else if (events !== undefined) latest.current.onEvents?.(Number(events));
      else if (point !== undefined) latest.current.onPick?.(Number(point));
    });
    const watch = new ResizeObserver(() => m.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      map.current = null;
      m.remove();
    };
  }, [inset, label]);

  useEffect(() => {
    if (map.current?.isStyleLoaded() || map.current?.getSource("points")) setPoints(map.current, points);
  }, [points]);

  useEffect(() => {
    if (map.current?.getSource("events")) setEvents(map.current, events ?? []);
  }, [events]);
  useEffect(() => {
    if (map.current?.getSource("tracks")) void setTracks(map.current, tracks ?? []);
  }, [tracks]);
  useEffect(() => {
    if (map.current?.getSource("shape")) setShape(map.current, shape);
  }, [shape]);

  useEffect(() => {
    const m = map.current;
    if (!m?.getSource("points")) return;
    m.removeFeatureState({ source: "points" });
    for (const id of hot ?? []) m.setFeatureState({ source: "points", id }, { hot: true });
  }, [hot]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette follows the scheme
  useEffect(() => {
    const m = map.current;
    if (!m?.getLayer("water")) return;
    for (const [layer, property, value] of repaint(palette()))
      m.setPaintProperty(layer, property as never, value as never);
  }, [scheme]);

  useEffect(() => {
    void loadWorld().then((world) =>
      map.current?.getSource<GeoJSONSource>("countries")?.setData(countryLabels(world, language)),
    );
  }, [language]);

  const { fit, view } = props;
  const fitKey = fit ? `${fit.west},${fit.south},${fit.east},${fit.north}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: fit is compared by its value
  useEffect(() => {
    if (fit) map.current?.fitBounds([fit.west, fit.south, fit.east, fit.north], { padding: 48, maxZoom: 8 });
  }, [fitKey]);
  const viewKey = view ? `${view.lon},${view.lat},${view.zoom}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: view is compared by its value
  useEffect(() => {
    const m = map.current;
    if (!m || !view) return;
    const c = m.getCenter().wrap();
    const same =
      Math.abs(c.lng - view.lon) < 0.01 &&
      Math.abs(c.lat - view.lat) < 0.01 &&
      Math.abs(m.getZoom() - view.zoom) < 0.02;
    if (!same && !m.isMoving()) m.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  }, [viewKey]);

  return (
    <div className={css.map} dir="ltr">
      <div ref={box} className={css.canvas} data-map />
      {inset ? null : <output ref={under} className={css.under} aria-hidden="true" />}
    </div>
  );
}

function setPoints(m: MapLibre, points: readonly MapPoint[]) {
  // A country that has a point is named there, not twice.
  m.setFilter("countries", ["!", ["in", ["get", "name"], ["literal", points.map((p) => plain(p.name))]]]);
  m.getSource<GeoJSONSource>("points")?.setData({
    type: "FeatureCollection",
    features: points.map((p, id) => ({
      type: "Feature",
      id,
      geometry: { type: "Point", coordinates: [p.lon, p.lat] },
      properties: { count: p.count, text: p.text, name: plain(p.name) },
    })),
  });
}

/** Latitude, longitude and MGRS as exactly as the zoom allows to point; digits imply precision. */
export function position(lon: number, lat: number, zoom: number): string {
  const digits = zoom < 5 ? 1 : zoom < 8 ? 2 : 3;
  const grid = zoom < 5 ? 1 : zoom < 8 ? 2 : 3;
  const angle = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toFixed(digits)}° ${value < 0 ? negative : positive}`;
  const place = `${angle(lat, "N", "S")}  ${angle(lon, "E", "W")}`;
  if (lat > 84 || lat < -80) return place;
  return `${place}   ${spaced(forward([lon, lat], grid))}`;
}

const spaced = (mgrs: string) => {
  const parts = /^(\d{1,2}[C-X])([A-Z]{2})(\d*)$/.exec(mgrs);
  if (!parts) return mgrs;
  const [, zone, square, digits = ""] = parts;
  const half = digits.length / 2;
  return `${zone} ${square} ${digits.slice(0, half)} ${digits.slice(half)}`;
};
