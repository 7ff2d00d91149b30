import { describe, expect, it } from "vitest";
import type { CataloguedSource } from "../../api/types";
import { families, narrowed } from "./narrow";

const line = (name: string, rest: Partial<CataloguedSource> = {}): CataloguedSource => ({
  ...{ name, native: name, site: "", address: `https://${name}.example/feed`, kind: "feed", language: "en" },
  ...{ country: "IRQ", ownership: "state", owner: name, family: name, topic: "news", have: false },
  ...rest,
});

describe("the catalogue", () => {
  const all = [
    line("Zawra", { family: "River", language: "ar", native: "زوراء" }),
    line("Alba", { family: "River" }),
    line("Mont", { topic: "alerts", ownership: "igo", country: "" }),
  ];
  it("is narrowed by words, its own language's among them, and by properties", () => {
    expect(narrowed(all, { find: "river زوراء" }).map((s) => s.name)).toEqual(["Zawra"]);
    expect(narrowed(all, { topic: "alerts" }).map((s) => s.name)).toEqual(["Mont"]);
    expect(narrowed(all, { country: "IRQ", language: "en" }).map((s) => s.name)).toEqual(["Alba"]);
    expect(narrowed(all, { language: undefined, find: "" })).toHaveLength(3);
  });
  it("is grouped by family", () => {
    const groups = families(all, "en");
    expect(groups.map((g) => g.family)).toEqual(["Mont", "River"]);
    expect(groups[1]?.sources.map((s) => s.name)).toEqual(["Zawra", "Alba"]);
  });
});
