import { describe, expect, it } from "vitest";
import ar from "../../i18n/ar.json";
import en from "../../i18n/en.json";
import fa from "../../i18n/fa.json";
import ru from "../../i18n/ru.json";
import { categories, tollText } from "./events";

describe("the words of events", () => {
  const catalogues: Record<string, Record<string, string>> = { ar, en, fa, ru };
  const prefix = "event.category.";
  it.each(Object.keys(catalogues))("name each category in %s, each otherwise", (language) => {
    const named = categories.map((c) => catalogues[language]?.[prefix + c]);
    expect(named).not.toContain(undefined);
    expect(new Set(named).size).toBe(24);
  });
  it("name no category that there is not", () => {
    const known = Object.keys(en).filter((k) => k.startsWith(prefix));
    expect(known.sort()).toEqual(categories.map((c) => prefix + c).sort());
  });
});

describe("a toll", () => {
  const toll = (low: number, best: number, high: number) => ({ low, best, high, civilians: 0, basis: "" });
  it("is one figure, or three where they differ", () => {
    expect(tollText(toll(12, 12, 12), String)).toBe("12");
    expect(tollText(toll(3, 5, 12), String)).toBe("3–5–12");
    expect(tollText(toll(0, 0, 0), String)).toBe("0");
  });
});
