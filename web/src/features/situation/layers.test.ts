import { describe, expect, it } from "vitest";
import { layersOf, plainWords, withLayer } from "./layers";

describe("the layers of the map", () => {
  it("are read from the address", () => {
    expect([...layersOf(undefined)]).toEqual(["reports"]);
    expect([...layersOf("positions,events")]).toEqual(["events", "positions"]);
    expect([...layersOf("nothing")]).toEqual(["reports"]);
  });
  it("are switched one by one, and one stays", () => {
    expect(withLayer(layersOf(undefined), "events")).toBe("reports,events");
    expect(withLayer(layersOf("reports,events"), "events")).toBeUndefined();
    expect(withLayer(layersOf("reports,events"), "reports")).toBe("events");
    expect(withLayer(layersOf("events"), "events")).toBe("events");
  });
});

describe("words for events", () => {
  it("are those without a meaning of the search language", () => {
    expect(plainWords(" bridge  in بغداد ")).toBe("bridge  in بغداد");
    for (const q of [undefined, "", "place:Baghdad", '"two words"', "a OR b", "-not", "pre*"])
      expect(plainWords(q), q).toBeUndefined();
  });
});
