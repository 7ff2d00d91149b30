// What the map shows beside reports: events as diamonds, positions by their
// APP-6 symbols, and the shape that a document itself gives.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import type { Paint, Palette } from "./style";
import { plain } from "./world";

export interface EventPoint {
  lon: number;
  lat: number;
  count: number;
  /** The count as its reader writes it. */
  text: string;
}
export interface TrackPoint {
  lon: number;
  lat: number;
  /** Letter code of the symbol, by symbols.sidcOf. */
  sidc: string;
  name: string;
}

const empty = { type: "FeatureCollection" as const, features: [] };
export const layerSources = {
  shape: { type: "geojson" as const, data: empty },
  events: { type: "geojson" as const, data: empty },
  tracks: { type: "geojson" as const, data: empty },
};
const bold = ["IBM Plex Sans SemiBold", "IBM Plex Sans Arabic SemiBold"];
const diamond = "diamond";

export function shapeLayers(c: Palette): LayerSpecification[] {
  return [
    { id: "shape", type: "fill", source: "shape", paint: { "fill-color": c.accent, "fill-opacity": 0.16 } },
    { id: "outline", type: "line", source: "shape", paint: { "line-color": c.accent, "line-width": 1.6 } },
    {
      id: "vertices",
      type: "circle",
      source: "shape",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 5,
        "circle-color": c.surface,
        "circle-stroke-color": c.accent,
        "circle-stroke-width": 2,
      },
    },
  ];
}

export function eventLayers(c: Palette): LayerSpecification[] {
  return [
    {
      id: "events",
      type: "symbol",
      source: "events",
      layout: {
        "icon-image": diamond,
        "icon-size": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 0.34, 5, 0.6, 15, 0.85, 40, 1.1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["case", [">", ["get", "count"], 1], ["get", "text"], ""],
        "text-font": bold,
        "text-size": 11,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: {
        "icon-color": c.ink,
        "icon-halo-color": c.surface,
        "icon-halo-width": 1.5,
        "text-color": c.surface,
      },
    },
    {
      id: "tracks",
      type: "symbol",
      source: "tracks",
      layout: {
        "icon-image": ["get", "sidc"],
        "icon-size": 0.5,
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["get", "name"],
        "text-font": bold,
        "text-size": 11,
        "text-anchor": "top",
        "text-offset": [0, 1.3],
        "text-optional": true,
      },
      paint: { "text-color": c.ink, "text-halo-color": c.land, "text-halo-width": 1.4 },
    },
  ];
}

export function layerRepaint(c: Palette): Paint[] {
  return [
    ["shape", "fill-color", c.accent],
    ["outline", "line-color", c.accent],
    ["vertices", "circle-color", c.surface],
    ["vertices", "circle-stroke-color", c.accent],
    ["events", "icon-color", c.ink],
    ["events", "icon-halo-color", c.surface],
    ["events", "text-color", c.surface],
    ["tracks", "text-color", c.ink],
    ["tracks", "text-halo-color", c.land],
  ];
}

/** A square on its corner, as a field of distances so that its colour may follow the scheme. */
export function addDiamond(m: MapLibre) {
  if (m.hasImage(diamond)) return;
  const size = 80;
  const data = new Uint8Array(size * size * 4);
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = (middle - 8 - Math.abs(x - middle) - Math.abs(y - middle)) / Math.SQRT2;
      data[(y * size + x) * 4 + 3] = Math.max(0, Math.min(255, 192 + inside * 24));
    }
  }
  m.addImage(diamond, { width: size, height: size, data }, { sdf: true, pixelRatio: 1 });
}

const feature = (lon: number, lat: number, id: number, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: "Feature",
  id,
  geometry: { type: "Point", coordinates: [lon, lat] },
  properties,
});

export function setEvents(m: MapLibre, events: readonly EventPoint[]) {
  m.getSource<GeoJSONSource>("events")?.setData({
    type: "FeatureCollection",
    features: events.map((e, id) => feature(e.lon, e.lat, id, { count: e.count, text: e.text })),
  });
}

/** Draws positions; the symbols come with their own chunk, when there is first something to draw. */
export async function setTracks(m: MapLibre, tracks: readonly TrackPoint[]) {
  if (tracks.length > 0) {
    const { addSymbols } = await import("./symbols");
    if (!m.getSource("tracks")) return; // the map has gone meanwhile
    addSymbols(
      m,
      tracks.map((t) => t.sidc),
    );
  }
  m.getSource<GeoJSONSource>("tracks")?.setData({
    type: "FeatureCollection",
    features: tracks.map((t, id) => feature(t.lon, t.lat, id, { sidc: t.sidc, name: plain(t.name) })),
  });
}

export function setShape(m: MapLibre, shape: GeoJSON.Geometry | undefined) {
  m.getSource<GeoJSONSource>("shape")?.setData(shape ? { type: "Feature", geometry: shape, properties: {} } : empty);
}
