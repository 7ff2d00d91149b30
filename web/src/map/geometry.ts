// The geometry of a document, as GeoJSON (RFC 7946) from outside.
import type { Geometry, Position } from "geojson";

const kinds = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/** The geometry of an answer; undefined where it gives none that can be drawn. */
export function geometryOf(value: unknown): Geometry | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  const { type } = value;
  if (typeof type !== "string" || !kinds.includes(type)) return undefined;
  const geometry = value as Geometry;
  return positionsOf(geometry).length > 0 ? geometry : undefined;
}

/** Every position of a geometry. */
export function positionsOf(geometry: Geometry): { lon: number; lat: number }[] {
  if (geometry.type === "GeometryCollection") return (geometry.geometries ?? []).flatMap(positionsOf);
  return flat(geometry.coordinates ?? []).map(([lon = 0, lat = 0]) => ({ lon, lat }));
}

type Nested = number | Nested[];

function flat(coordinates: Nested): Position[] {
  if (!Array.isArray(coordinates)) return [];
  if (typeof coordinates[0] === "number" && typeof coordinates[1] === "number")
    return [[coordinates[0], coordinates[1]]];
  return coordinates.flatMap(flat);
}
