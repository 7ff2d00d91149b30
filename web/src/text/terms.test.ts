import { describe, expect, it } from "vitest";
import { termOf, withTerm } from "./terms";

describe("a term of the query", () => {
  it("is added after what was typed", () => expect(withTerm("peskov", "lang", "ru")).toBe("peskov lang:ru"));
  it("replaces an earlier one of its field", () =>
    expect(withTerm("lang:ru peskov", "lang", "ar")).toBe("peskov lang:ar"));
  it("goes when it is chosen again", () => expect(withTerm("peskov lang:ru", "lang", "ru")).toBe("peskov"));
  it("is quoted where it has spaces, and found again", () => {
    const q = withTerm('"coordination cell"', "place", "New York");
    expect(q).toBe('"coordination cell" place:"New York"');
    expect(termOf(q, "place")).toBe("New York");
    expect(withTerm(q, "place", null)).toBe('"coordination cell"');
  });
  it("leaves groups and phrases as they are", () => {
    expect(withTerm("(peskov OR kremlin) lang:ru", "source", "tass")).toBe("(peskov OR kremlin) lang:ru source:tass");
  });
  it("is null where the field is free", () => expect(termOf("peskov", "lang")).toBeNull());
});
