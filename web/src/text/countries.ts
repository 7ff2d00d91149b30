import codes from "i18n-iso-countries/codes.json";

const byAlpha3 = new Map<string, string>();
const byNumber = new Map<string, string>();
for (const [alpha2, alpha3, number] of codes) {
  if (alpha2 === undefined || alpha3 === undefined || number === undefined) continue;
  byAlpha3.set(alpha3, alpha2);
  byNumber.set(number, alpha2);
}

const names = new Map<string, Intl.DisplayNames>();
function displayNames(language: string, type: "region" | "language"): Intl.DisplayNames {
  const key = `${language} ${type}`;
  let display = names.get(key);
  if (display === undefined) {
    display = new Intl.DisplayNames(language, { type });
    names.set(key, display);
  }
  return display;
}

/** A country's name in a language, from its alpha-3 code; the code itself where there is none. */
export function countryName(alpha3: string, language: string): string {
  const alpha2 = byAlpha3.get(alpha3);
  return alpha2 === undefined ? alpha3 : (displayNames(language, "region").of(alpha2) ?? alpha3);
}

/** The same from a three-digit code; null where ISO 3166-1 has no such country. */
export function countryOfNumber(number: string, language: string): string | null {
  const alpha2 = byNumber.get(number);
  return alpha2 === undefined ? null : (displayNames(language, "region").of(alpha2) ?? null);
}

/** A language's name in a language; the tag itself where there is none. */
export function languageName(tag: string, language: string): string {
  try {
    return displayNames(language, "language").of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The alpha-3 codes of all countries. */
export const everyCountry: readonly string[] = [...byAlpha3.keys()];
