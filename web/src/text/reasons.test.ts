import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import openapi from "../../../docs/openapi.json";
import type { Reason } from "../api/types";
import { languages } from "../i18n";
import ar from "../i18n/ar.json";
import en from "../i18n/en.json";
import fa from "../i18n/fa.json";
import ru from "../i18n/ru.json";
import { reasonText } from "./reasons";

const codes = openapi.components.schemas.Reason.properties.code.enum as Reason["code"][];
const reading = (language: string) => ({ language, calendar: "gregory", zone: "UTC", digits: "latn" });
const reason = (code: Reason["code"]): Reason => ({
  code,
  text: "In English.",
  n: 3,
  grade: "2",
  names: ["ТАСС", "RIA"],
  more: 2,
  of: "",
  country: "RUS",
});

beforeAll(() =>
  i18next.init({
    resources: {
      ar: { translation: ar },
      en: { translation: en },
      fa: { translation: fa },
      ru: { translation: ru },
    },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  }),
);

describe.each(languages)("in %s", (language) => {
  const say = (r: Reason) => reasonText(r, i18next.getFixedT(language), reading(language));

  it("every reason that the server knows is a sentence of the language, with nothing left to fill in", () => {
    expect(codes.length).toBeGreaterThan(30);
    for (const code of codes) {
      const text = say(reason(code));
      expect(text, code).not.toMatch(/[{}]|reason\./);
      expect(text, code).not.toContain("In English");
    }
  });

  it("names keep their own direction, and those that are left out are counted", () => {
    const text = say(reason("echo"));
    expect(text).toContain("\u2068ТАСС\u2069");
    expect(text).toContain("+2");
  });

  it("a state is named in the reader's language", () => {
    expect(say(reason("sisters"))).toContain({ ar: "روسيا", en: "Russia", fa: "روسیه", ru: "Росси" }[language]);
  });
});

it("a reason of a newer server is said in English", () => {
  const unknown = { ...reason("echo"), code: "something-new" as Reason["code"] };
  expect(reasonText(unknown, i18next.getFixedT("fa"), reading("fa"))).toBe("In English.");
});
