import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Point, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import worldAddress from "world-atlas/countries-50m.json?url";
import { countryOfNumber } from "../text/countries";
import { unroll } from "./unroll";

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** The world of Natural Earth, from our own files: it needs no network. */
export interface World {
  land: FeatureCollection;
  coast: MultiLineString;
  borders: MultiLineString;
  /** Borders of what ISO 3166-1 does not list: drawn dashed, and never labelled. */
  disputed: MultiLineString;
  labels: { number: string; point: Position; area: number }[];
}

let loading: Promise<World> | undefined;

export function loadWorld(): Promise<World> {
  loading ??= fetch(worldAddress).then(async (response) => {
    const topology: Countries = await response.json();
    await letters;
    return build(topology);
  });
  return loading;
}

// Labels are drawn once, with what letters are there: wait for all of ours.
const letters = Promise.allSettled(
  ["", " SemiBold"].flatMap((weight) => [
    document.fonts.load(`${weight ? 600 : 400} 16px "IBM Plex Sans${weight}"`, "AЖ"),
    document.fonts.load(`${weight ? 600 : 400} 16px "IBM Plex Sans Arabic${weight}"`, "بگ"),
  ]),
);

function build(topology: Countries): World {
  const { countries } = topology.objects;
  const listed = (g: GeometryObject) => g.id !== undefined;
  const all = feature(topology, countries).features as Feature<Polygon | MultiPolygon>[];
  return {
    land: { type: "FeatureCollection", features: all.map((f) => ({ ...f, geometry: unrolled(f.geometry) })) },
    coast: lines(mesh(topology, countries, (a, b) => a === b)),
    borders: lines(mesh(topology, countries, (a, b) => a !== b && listed(a) && listed(b))),
    disputed: lines(mesh(topology, countries, (a, b) => a !== b && !(listed(a) && listed(b)))),
    labels: all.flatMap((f) =>
      f.id === undefined ? [] : [{ number: String(f.id).padStart(3, "0"), ...centre(unrolled(f.geometry)) }],
    ),
  };
}

/** A ring that goes around the pole does not come back to where it began; it is closed along the map's lower edge. */
function closed(ring: Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || first[0] === last[0]) return ring;
  return [...ring, [last[0] ?? 0, -90], [first[0] ?? 0, -90], first];
}

function unrolled(geometry: Polygon | MultiPolygon): MultiPolygon {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map((ring) => closed(unroll(ring)))) };
}

const lines = (m: MultiLineString): MultiLineString => ({ ...m, coordinates: m.coordinates.map(unroll) });

/** The centroid and area (square degrees) of the largest ring: where a country's name stands. */
function centre(geometry: MultiPolygon): { point: Position; area: number } {
  const rings = geometry.coordinates.map((p) => p[0]);
  let best = { point: [0, 0] as Position, area: 0 };
  for (const ring of rings) {
    if (ring === undefined) continue;
    let twice = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i] ?? [];
      const [bx = 0, by = 0] = ring[i + 1] ?? [];
      const cross = ax * by - bx * ay;
      twice += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    const area = Math.abs(twice / 2);
    if (area > best.area) best = { point: [x / (3 * twice), y / (3 * twice)], area };
  }
  return best;
}

// MapLibre draws brackets of right-to-left labels reversed and misplaces harakat.
export const plain = (label: string) => label.replace(/[\u064b-\u065f\u0670()[\]]/g, "");

export function countryLabels(world: World, language: string): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: world.labels.flatMap(({ number, point, area }) => {
      const name = countryOfNumber(number, language);
      if (name === null) return [];
      return [
        { type: "Feature", geometry: { type: "Point", coordinates: point }, properties: { name: plain(name), area } },
      ];
    }),
  };
}
