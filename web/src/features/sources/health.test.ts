import { describe, expect, it } from "vitest";
import type { Health, Source } from "../../api/types";
import { matches, orderOf, sorted, span, stateOf, today, unchangedShare } from "./health";

const healthy: Health = {
  tried: "2026-01-02T03:04:05Z",
  good: "2026-01-02T03:04:05Z",
  next: "2026-01-02T03:14:05Z",
  failures: 0,
  error: "",
  items: 40,
  fetched: 10,
  unchanged: 4,
  bytes: 1000,
  problems: [],
  last_item: null,
  lag_s: 60,
  every_s: 600,
  daily: [1, 2, 3],
  usual: 2,
  alarm: "none",
  silence: "",
};
const source = (name: string, health: Partial<Health> = {}, rest: Partial<Source> = {}): Source => ({
  ...{ id: name, slug: name, name, kind: "feed", address: `https://${name}.example/`, member: "IRQ", family: "" },
  ...{ owner: "", ownership: "", language: "", country: "", reliability: "", marking: "UNMARKED", interval_s: 0 },
  ...{ paused: false, options: {}, created: "2026-01-01T00:00:00Z", waiting: 0, dead: 0, may: { manage: true } },
  health: { ...healthy, ...health },
  ...rest,
});

describe("the state of a source", () => {
  it.each([
    ["good", source("a")],
    ["failing", source("a", { failures: 2, alarm: "silent" })],
    ["silent", source("a", { alarm: "silent" })],
    ["late", source("a", { alarm: "late" })],
    ["never", source("a", { tried: null })],
    ["never", source("a", { tried: "0001-01-01T00:00:00Z" })],
    ["listening", source("a", { tried: null, next: null }, { kind: "push" })],
    ["failing", source("a", { failures: 1 }, { kind: "nats" })],
    ["paused", source("a", { failures: 3, alarm: "" }, { paused: true })],
    ["good", source("a", { alarm: "" })],
  ])("is %s", (state, s) => expect(stateOf(s)).toBe(state));
});

describe("the order of sources", () => {
  const lagging = source("b", { lag_s: 900 });
  const unknown = source("c", { lag_s: null });
  const quick = source("d", { lag_s: 5 });
  const names = (order?: string) => sorted([unknown, lagging, quick], order, "en").map((s) => s.name);

  it("puts the sick first", () => {
    const sick = source("z", { failures: 1 });
    const silent = source("y", { alarm: "silent" });
    const paused = source("a", {}, { paused: true });
    const all = sorted([paused, quick, silent, sick], undefined, "en");
    expect(all.map((s) => s.name)).toEqual(["z", "y", "d", "a"]);
  });
  it("keeps what is not known last, whichever way", () => {
    expect(names("lag")).toEqual(["d", "b", "c"]);
    expect(names("-lag")).toEqual(["b", "d", "c"]);
  });
  it("does not believe every address", () => expect(orderOf("-nothing")).toEqual({ column: "state", down: false }));
});

describe("what a table says of a source", () => {
  it("finds it by words of name, owner, family and address", () => {
    const s = source("Tigris", {}, { family: "River House" });
    expect(matches(s, { find: "river  TIGRIS.example" })).toBe(true);
    expect(matches(s, { find: "harbour" })).toBe(false);
    expect(matches(s, { state: "good", kind: "feed", member: "IRQ" })).toBe(true);
    expect(matches(s, { member: "SYR" })).toBe(false);
  });
  it("takes what is not told for unknown, not for nothing", () => {
    expect(today(source("a", { daily: undefined }))).toBeNull();
    expect(today(source("a"))).toBe(3);
    expect(unchangedShare(source("a", { unchanged: null }))).toBeNull();
    expect(unchangedShare(source("a", { fetched: 0, unchanged: 0 }))).toBeNull();
    expect(unchangedShare(source("a"))).toBe(0.4);
  });
  it("says a span in the unit that fits", () => {
    expect([30, 600, 7200, 400_000].map(span)).toEqual([
      { value: 30, unit: "second" },
      { value: 10, unit: "minute" },
      { value: 2, unit: "hour" },
      { value: 5, unit: "day" },
    ]);
  });
});
