import { describe, expect, it } from "vitest";
import { dtg, exact, number, type Reading, relative, short } from "./dates";

const english: Reading = { language: "en", calendar: "gregory", zone: "Asia/Baghdad", digits: "latn" };
const persian: Reading = { language: "fa", calendar: "persian", zone: "Asia/Tehran", digits: "latn" };
const arabic: Reading = { language: "ar", calendar: "islamic-umalqura", zone: "Asia/Damascus", digits: "arab" };
const at = { time: "2015-09-26T15:30:00.000Z", precision: "minute" as const, basis: "feed" };

describe("a moment", () => {
  it("is a date-time group in Zulu", () => expect(dtg(at)).toBe("261530ZSEP15"));
  it("has no date-time group where only its day is known", () => expect(dtg({ ...at, precision: "day" })).toBeNull());
  it("is read in the person's zone", () => expect(exact(at, english)).toContain("18:30"));
  it("is read in the person's calendar with pinned digits", () => {
    expect(exact(at, persian)).toContain("1394");
    expect(exact(at, persian)).toContain("19:00");
    expect(exact(at, arabic)).toContain("١٤٣٦");
  });
  it("does not invent an hour for a day", () => {
    expect(exact({ ...at, time: "2015-09-26T00:00:00.000Z", precision: "day" }, english)).toBe("September 26, 2015");
  });
  it("is relative under a day, and a date after", () => {
    const then = Date.parse(at.time);
    expect(short(at, english, then + 3 * 3600_000)).toBe("3 hr. ago");
    expect(short(at, english, then + 40 * 3600_000)).toBe("Sep 26");
    expect(short(at, english, then + 400 * 24 * 3600_000)).toBe("Sep 26, 2015");
  });
});

describe("numbers", () => {
  it("use the digits that the person chose", () => {
    expect(number(1683, persian)).toBe("1,683");
    expect(number(12, arabic)).toBe("١٢");
  });
  it("count time in words", () => expect(relative(-100_000, english)).toBe("2 min. ago"));
});
