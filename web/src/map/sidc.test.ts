import { describe, expect, it } from "vitest";
import { sidcOf, typeWords } from "./sidc";

describe("the symbol of a position", () => {
  it.each([
    ["a-n-G-E-V", "SNGPEV---------"],
    ["a-u-A", "SUAP-----------"],
    ["a-f-G-U-C", "SUGPUC---------"], // a friend of its sender is unknown to the centre
    ["a-h-S", "SUSP-----------"],
    ["a-n-G-E-V-x-C", "SNGPEVC--------"],
    ["b-m-p-s-m", "SUZP-----------"],
    ["", "SUZP-----------"],
    ["a-n", "SNZP-----------"],
    ["a-n-Q-<script>", "SNZP-----------"],
  ])("of %s is %s", (type, code) => {
    expect(sidcOf(type)).toBe(code);
    expect(sidcOf(type)).toHaveLength(15);
  });
  it("has words for what its sender says", () => {
    expect(typeWords("a-f-G-U-C")).toEqual({ side: "friend", where: "ground" });
    expect(typeWords("b-m-p-s-m")).toEqual({ side: "unknown", where: "point" });
    expect(typeWords("a-z")).toEqual({ side: "unknown", where: "other" });
  });
});
