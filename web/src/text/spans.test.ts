import { describe, expect, it } from "vitest";
import type { Mention } from "../api/types";
import { hitsIn, marked, paragraphs, pieces } from "./spans";

const mention = (start: number, end: number): Mention => ({
  kind: "place",
  start,
  end,
  text: "",
  place: null,
  when: null,
  entity: "",
  identity: null,
  form: "",
  of: "",
  role: "",
  country: "",
  score: 1,
  step: "place",
  version: 1,
  why: [],
  reasons: [],
});

describe("mentions", () => {
  it("are cut by code points, not by UTF-16 units", () => {
    const points = Array.from("😀 بغداد today");
    expect(pieces(points, 0, points.length, [mention(2, 7)]).map((p) => p.text)).toEqual(["😀 ", "بغداد", " today"]);
  });
  it("that overlap keep the first and longest", () => {
    const points = Array.from("New York City");
    const cut = pieces(points, 0, points.length, [mention(0, 3), mention(0, 8), mention(4, 13)]);
    expect(cut.map((p) => p.text)).toEqual(["New York", " City"]);
  });
});

describe("paragraphs", () => {
  it("are divided by blank lines after the title", () => {
    const points = Array.from("Title\n\nOne.\n\nTwo.");
    const spans = paragraphs(points, 5);
    expect(spans.map(([a, b]) => points.slice(a, b).join(""))).toEqual(["One.", "Two."]);
  });
  it("are one where there is no blank line", () => {
    expect(paragraphs(Array.from("One line"), 0)).toEqual([[0, 8]]);
  });
});

describe("hits", () => {
  it("are marked in their order", () => {
    expect(marked("Baghdad cell", [[8, 12]])).toEqual([
      { text: "Baghdad ", hit: false },
      { text: "cell", hit: true },
    ]);
  });
  it("of a whole text are found again in a piece of it, cut at its borders", () => {
    const hits = [
      [0, 4],
      [8, 12],
      [20, 24],
    ];
    expect(hitsIn(2, 8, hits)).toEqual([
      [0, 2],
      [6, 8],
    ]);
  });
});
