import { describe, expect, it } from "vitest";
import { geometryOf, positionsOf } from "./geometry";

describe("a geometry from outside", () => {
  const ring = [
    [44, 33],
    [45, 33],
    [45, 34],
    [44, 33],
  ];
  it("is taken with every position of it", () => {
    const area = geometryOf({ type: "MultiPolygon", coordinates: [[ring]] });
    expect(area && positionsOf(area)).toHaveLength(4);
    const both = geometryOf({
      type: "GeometryCollection",
      geometries: [
        { type: "Point", coordinates: [44.4, 33.3, 34] },
        { type: "LineString", coordinates: ring },
      ],
    });
    expect(both && positionsOf(both)[0]).toEqual({ lon: 44.4, lat: 33.3 });
  });
  it("is left out where it cannot be drawn", () => {
    for (const value of [undefined, null, "Point", {}, { type: "Circle" }, { type: "Polygon", coordinates: [] }])
      expect(geometryOf(value)).toBeUndefined();
  });
});
