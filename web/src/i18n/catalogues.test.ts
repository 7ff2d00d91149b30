import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import ar from "./ar.json";
import en from "./en.json";
import fa from "./fa.json";
import ru from "./ru.json";

const catalogues: Record<string, Record<string, string>> = { ar, fa, ru, en };
const plural = /_(zero|one|two|few|many|other)$/;
const english: Record<string, string> = en;
// "too_many" is a code, not a plural: a plural has its "other".
const isPlural = (key: string) => plural.test(key) && `${key.replace(plural, "")}_other` in english;
const base = (key: string) => (isPlural(key) ? key.replace(plural, "") : key);

const keys = (c: Record<string, string>) => [...new Set(Object.keys(c).map(base))].sort();

// Names, codes and signs that are the same in every language.
const same = new Set(["brand", "list.and"]);

describe.each(Object.entries(catalogues))("the %s catalogue", (language, catalogue) => {
  it("has the keys of the English one", () => expect(keys(catalogue)).toEqual(keys(english)));

  it("has every plural form of its language, and no other", () => {
    const forms = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
    const plurals = new Set(Object.keys(english).filter(isPlural).map(base));
    for (const key of plurals) {
      const have = Object.keys(catalogue).filter((k) => isPlural(k) && base(k) === key);
      expect(have.map((k) => plural.exec(k)?.[1]).sort(), key).toEqual(forms);
    }
  });

  it("fills the same blanks as the English one", () => {
    const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
    for (const [key, text] of Object.entries(catalogue)) {
      const model = english[key] ?? english[`${base(key)}_other`] ?? "";
      // A form for none, one or two may say the number in a word.
      if (/_(zero|one|two)$/.test(key)) expect(blanks(model), key).toEqual(expect.arrayContaining(blanks(text)));
      else expect(blanks(text), key).toEqual(blanks(model));
    }
  });

  it("leaves nothing in English by accident", () => {
    if (language === "en") return;
    const script = language === "ru" ? /\p{Script=Cyrillic}/u : /\p{Script=Arabic}/u;
    for (const [key, text] of Object.entries(catalogue)) {
      if (same.has(base(key))) continue;
      expect(text, key).toMatch(script);
      expect(text, key).not.toBe(english[key]);
    }
  });
});

describe("the catalogue", () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? files(join(folder, entry.name))
        : /(?<!\.test)\.tsx?$/.test(entry.name)
          ? [join(folder, entry.name)]
          : [],
    );
  const sources = files(join(import.meta.dirname, "..")).map((file) => readFileSync(file, "utf8"));
  const known = new Set(keys(english));

  it("knows every key that a screen asks for", () => {
    for (const source of sources) {
      for (const [, key = ""] of source.matchAll(/\bt\("([^"]+)"/g)) expect(known, key).toContain(key);
    }
  });

  it("has no key that nothing asks for", () => {
    const all = sources.join("\n");
    const built =
      /^(basis|calendar|mention\.(kind|basis)|grade|place\.class|role|source\.(kind|column)|error\.code|syntax|state|option|secret|ownership|topic|panel|map\.layer|track|part|stance|agent|modality|anonymity|claim\.status|reason|root\.state|edit|support|happening|finding|entities\.(kind|order)|story\.(do|edit|done)|event\.(category|geo|time|role))\./;
    for (const key of known) if (!built.test(key)) expect(all, key).toContain(`"${key}"`);
  });
});
