import { type ComponentProps, lazy, Suspense } from "react";
import type { Box, Place } from "../api/types";
import { usePreferences } from "../app/preferences";
import { placeName } from "../parts/Words";
import { positionsOf } from "./geometry";
import type { MapPoint } from "./MapView";
import css from "./map.module.css";

const MapView = lazy(() => import("./MapView"));

/** The map, loaded when it is first needed. */
export function LazyMap(props: ComponentProps<typeof MapView>) {
  return (
    <Suspense fallback={<div className={css.map} />}>
      <MapView {...props} />
    </Suspense>
  );
}

/** The box that holds the points, with some room around. */
export function boxOf(points: readonly { lon: number; lat: number }[], room = 1.5): Box | undefined {
  if (points.length === 0) return undefined;
  const lons = points.map((p) => p.lon);
  const lats = points.map((p) => p.lat);
  return {
    west: Math.min(...lons) - room,
    south: Math.max(-85, Math.min(...lats) - room),
    east: Math.max(...lons) + room,
    north: Math.min(85, Math.max(...lats) + room),
  };
}

interface InsetProps {
  places: readonly Place[];
  /** What the document itself gives. */
  shape?: GeoJSON.Geometry;
  label: string;
  hot?: string | null;
}

/** A small map of the places of a report or a story, and of the area that it gives; nothing where there is neither. */
export function InsetMap({ places, shape, label, hot }: InsetProps) {
  const { language } = usePreferences();
  const placed = places.flatMap((p) => (p.point ? [{ place: p, point: p.point }] : []));
  const outline = shape ? positionsOf(shape) : [];
  if (placed.length === 0 && outline.length === 0) return null;
  const points: MapPoint[] = placed.map(({ place, point }) => ({
    ...point,
    count: 0,
    text: "",
    name: placeName(place, language),
  }));
  const index = placed.findIndex(({ place }) => place.id === hot);
  return (
    <LazyMap
      inset
      points={points}
      shape={shape}
      hot={index < 0 ? undefined : new Set([index])}
      fit={boxOf([...points, ...outline], shape ? 0.3 : undefined)}
      language={language}
      label={label}
    />
  );
}
