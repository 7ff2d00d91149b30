import { describe, expect, it } from "vitest";
import { unroll } from "./unroll";

describe("a line over the antimeridian", () => {
  it("runs on instead of jumping to the other edge of the map", () => {
    const line = [
      [179, 66],
      [-179, 67],
      [-178, 68],
      [180, 69],
    ];
    expect(unroll(line)).toEqual([
      [179, 66],
      [181, 67],
      [182, 68],
      [180, 69],
    ]);
  });
  it("is left alone where there is none", () => {
    const line = [
      [-10, 0],
      [20, 5],
    ];
    expect(unroll(line)).toEqual(line);
  });
});
