import { describe, expect, it } from "vitest";
import { findingText } from "./findings";

const reading = { language: "en", calendar: "gregory", digits: "latn", zone: "UTC" } as Parameters<
  typeof findingText
>[2];
const t = (key: string, values: Record<string, string | number>) =>
  key === "finding.new" ? key : `${key} ${JSON.stringify(values)}`;

describe("why something was found", () => {
  it("is null where the sentence has no code, or one that is not known here", () => {
    expect(findingText({ code: "", with: {} }, t, reading)).toBeNull();
    expect(findingText({ code: "new", with: {} }, t, reading)).toBeNull();
  });
  it("keeps the direction of words, counts numbers and names languages", () => {
    expect(findingText({ code: "name.part", with: { words: "روحانی" } }, t, reading)).toContain("\u2068روحانی\u2069");
    expect(findingText({ code: "place.count", with: { n: "1200" } }, t, reading)).toContain('"count":1200,"n":"1,200"');
    expect(findingText({ code: "link.words", with: { n: "2", share: "56" } }, t, reading)).toContain('"share":"56"');
    expect(findingText({ code: "tie.languages", with: { language: "ru", other: "fa" } }, t, reading)).toMatch(
      /Russian.*Persian/,
    );
    expect(findingText({ code: "said.continues", with: { words: "he", other: "a man" } }, t, reading)).toContain(
      "\u2068a man\u2069",
    );
    expect(findingText({ code: "event.reality", with: { words: "not", reality: "negated" } }, t, reading)).toContain(
      "happening.reality.negated",
    );
  });
});
