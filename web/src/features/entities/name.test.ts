import { describe, expect, it } from "vitest";
import { nameFor } from "./name";

const name = (language: string, text: string, count: number) => ({ language, text, count });

describe("the name of a person or body", () => {
  const names = [
    name("ru", "Лавров", 9),
    name("ru", "Сергей Лавров", 4),
    name("en", "Lavrov", 3),
    name("ar", "سيرغي لافروف", 1),
  ];
  it("is one in the reader's language, in full where reports have it so", () => {
    expect(nameFor(names, "ru")?.text).toBe("Сергей Лавров");
    expect(nameFor(names, "ar")?.text).toBe("سيرغي لافروف");
  });
  it("is an English one where there is none", () => {
    expect(nameFor(names, "fa")?.text).toBe("Lavrov");
  });
  it("is the most carried where there is no English one either", () => {
    expect(nameFor(names.slice(0, 2), "fa")?.language).toBe("ru");
    expect(nameFor([], "fa")).toBeUndefined();
  });
});
