import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import { eventLayers, layerRepaint, layerSources, shapeLayers } from "./layers";

const empty = { type: "FeatureCollection" as const, features: [] };
const regular = ["IBM Plex Sans", "IBM Plex Sans Arabic"];
const bold = ["IBM Plex Sans SemiBold", "IBM Plex Sans Arabic SemiBold"];

/** The map's colours are the page's: they are read from its custom properties. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    water: of("--map-water"),
    land: of("--map-land"),
    border: of("--map-border"),
    coast: of("--map-coast"),
    label: of("--map-label"),
    accent: of("--accent"),
    onAccent: of("--on-accent"),
    surface: of("--surface"),
    ink: of("--ink"),
  };
}
export type Palette = ReturnType<typeof palette>;

const hot = (yes: ExpressionSpecification | string | number, no: ExpressionSpecification | string | number) =>
  ["case", ["boolean", ["feature-state", "hot"], false], yes, no] as ExpressionSpecification;

// A circle's area, not its radius, grows with the count.
const radius: ExpressionSpecification = [
  "interpolate",
  ["linear"],
  ["sqrt", ["get", "count"]],
  0,
  5,
  1,
  9,
  5,
  16,
  15,
  26,
  40,
  38,
];

export function mapStyle(c: Palette): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: empty, tolerance: 0.2 },
      coast: { type: "geojson", data: empty, tolerance: 0.2 },
      borders: { type: "geojson", data: empty, tolerance: 0.2 },
      disputed: { type: "geojson", data: empty, tolerance: 0.2 },
      countries: { type: "geojson", data: empty },
      points: { type: "geojson", data: empty },
      ...layerSources,
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": c.water } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land, "fill-antialias": true } },
      { id: "coast", type: "line", source: "coast", paint: { "line-color": c.coast, "line-width": 0.7 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c.border, "line-width": 0.8 } },
      {
        id: "disputed",
        type: "line",
        source: "disputed",
        paint: { "line-color": c.border, "line-width": 0.8, "line-dasharray": [3, 3] },
      },
      {
        id: "countries",
        type: "symbol",
        source: "countries",
        layout: {
          "text-field": ["get", "name"],
          "text-font": regular,
          "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 6, 13],
          "text-letter-spacing": 0.02,
          "text-max-width": 7,
          "symbol-sort-key": ["-", ["get", "area"]],
          "text-padding": 6,
        },
        paint: { "text-color": c.label, "text-halo-color": c.land, "text-halo-width": 1 },
      },
      ...shapeLayers(c),
      {
        id: "points",
        type: "circle",
        source: "points",
        layout: { "circle-sort-key": ["get", "count"] },
        paint: {
          "circle-radius": radius,
          "circle-color": c.accent,
          "circle-opacity": hot(1, 0.86),
          "circle-stroke-color": hot(c.ink, c.surface),
          "circle-stroke-width": hot(2.5, 1.5),
        },
      },
      {
        id: "counts",
        type: "symbol",
        source: "points",
        filter: [">", ["get", "count"], 1],
        layout: {
          "text-field": ["get", "text"],
          "text-font": bold,
          "text-size": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 10.5, 15, 14],
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": c.onAccent },
      },
      {
        id: "names",
        type: "symbol",
        source: "points",
        layout: {
          "text-field": ["get", "name"],
          "text-font": bold,
          "text-size": 11.5,
          "text-anchor": "top",
          "text-offset": [
            "interpolate",
            ["linear"],
            ["sqrt", ["get", "count"]],
            0,
            ["literal", [0, 0.6]],
            5,
            ["literal", [0, 1.5]],
            40,
            ["literal", [0, 3.3]],
          ],
          "text-max-width": 8,
          "symbol-sort-key": ["-", ["get", "count"]],
        },
        paint: { "text-color": c.ink, "text-halo-color": c.land, "text-halo-width": 1.4 },
      },
      ...eventLayers(c),
    ],
  };
}

export type Paint = [layer: string, property: string, value: string | ExpressionSpecification];

/** What changes between light and dark. */
export function repaint(c: Palette): Paint[] {
  return [
    ["water", "background-color", c.water],
    ["land", "fill-color", c.land],
    ["coast", "line-color", c.coast],
    ["borders", "line-color", c.border],
    ["disputed", "line-color", c.border],
    ["countries", "text-color", c.label],
    ["countries", "text-halo-color", c.land],
    ["points", "circle-color", c.accent],
    ["points", "circle-stroke-color", hot(c.ink, c.surface)],
    ["counts", "text-color", c.onAccent],
    ["names", "text-color", c.ink],
    ["names", "text-halo-color", c.land],
    ...layerRepaint(c),
  ];
}
