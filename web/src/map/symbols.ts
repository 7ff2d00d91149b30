import type { Map as MapLibre } from "maplibre-gl";
import milsymbol from "milsymbol";

/** Puts the symbols of letter codes on a map, each once. */
export function addSymbols(m: MapLibre, codes: readonly string[]) {
  for (const code of new Set(codes)) {
    if (m.hasImage(code)) continue;
    const symbol = new milsymbol.Symbol(code, { size: 48, strokeWidth: 5, outlineWidth: 4, outlineColor: "#ffffff" });
    const canvas = symbol.asCanvas();
    const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (image) m.addImage(code, image);
  }
}
