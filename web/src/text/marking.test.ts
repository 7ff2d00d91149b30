import { describe, expect, it } from "vitest";
import { joinMarkings, parseMarking, portion, printMarking } from "./marking";

const join = (...texts: string[]) => {
  const joined = joinMarkings(texts);
  return joined && printMarking(joined);
};

describe("a marking", () => {
  it("is read and printed alike", () => {
    for (const text of [
      "RESTRICTED//REL TO IRQ, IRN, RUS, SYR//ORCON",
      "TOP SECRET//REL TO RUS//TLP:AMBER+STRICT",
      "UNCLASSIFIED//REL TO SYR",
    ]) {
      const m = parseMarking(text);
      expect(m && printMarking(m)).toBe(text);
    }
  });
  it("that cannot be read is nothing, not open", () => {
    for (const text of ["UNMARKED", "", "SECRET", "REL TO IRQ"]) expect(parseMarking(text)).toBeNull();
  });
  it("has a short form for portions", () => {
    const m = parseMarking("CONFIDENTIAL//REL TO IRN, IRQ//ORCON//TLP:RED");
    expect(m && portion(m)).toBe("C//REL TO IRN, IRQ//ORCON");
  });
});

describe("the banner of several markings", () => {
  it("takes the highest level, the common recipients, every caveat and the strictest TLP", () => {
    expect(
      join(
        "RESTRICTED//REL TO IRQ, IRN, RUS//TLP:GREEN",
        "SECRET//REL TO RUS, IRQ//ORCON",
        "UNCLASSIFIED//REL TO IRQ, RUS, SYR//TLP:AMBER",
      ),
    ).toBe("SECRET//REL TO IRQ, RUS//ORCON//TLP:AMBER");
  });
  it("is none where nothing is shown", () => expect(join()).toBeNull());
  it("is none where one of them cannot be read or nobody is common", () => {
    expect(join("UNCLASSIFIED//REL TO IRQ", "UNMARKED")).toBeNull();
    expect(join("UNCLASSIFIED//REL TO IRQ", "UNCLASSIFIED//REL TO RUS")).toBeNull();
  });
});
