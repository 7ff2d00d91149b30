import type { Position } from "geojson";

// The topology is stitched at the antimeridian: a line that crosses it jumps from
// one edge of the map to the other. Here it runs on past 180 degrees instead.
export function unroll(line: readonly Position[]): Position[] {
  let turn = 0;
  let before = line[0]?.[0] ?? 0;
  return line.map(([lon = 0, lat = 0]) => {
    if (lon - before > 180) turn -= 360;
    if (lon - before < -180) turn += 360;
    before = lon;
    return [lon + turn, lat];
  });
}
