import { describe, expect, it } from "vitest";
import type { Reading } from "../../text/dates";
import { span } from "./NameCard";

const reading: Reading = { language: "en", calendar: "gregory", digits: "latn", zone: "Asia/Baghdad" } as Reading;
const when = (from: string, until: string, precision: "day" | "month" | "minute") =>
  ({ from, until, precision, basis: "absolute" }) as const;

describe("what a time expression means", () => {
  it("is a day of the calendar, not of the reader's zone", () => {
    expect(span(when("2015-09-25T00:00:00.000Z", "2015-09-26T00:00:00.000Z", "day"), reading)).toContain("25");
  });
  it("is the first and the last day of what is longer", () => {
    const text = span(when("2015-09-01T00:00:00.000Z", "2015-10-01T00:00:00.000Z", "month"), reading);
    expect(text).toMatch(/1\b.*–.*30/);
  });
  it("is an instant in the reader's zone where the words say the hour", () => {
    expect(span(when("2015-09-26T15:30:00.000Z", "2015-09-26T15:31:00.000Z", "minute"), reading)).toMatch(/18:30|6:30/);
  });
});
