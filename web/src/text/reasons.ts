import type { Reason } from "../api/types";
import { countryName } from "./countries";
import { number, type Reading } from "./dates";

/** A name of any script inside a sentence: it keeps its own direction (Unicode isolates). */
const apart = (text: string) => (text === "" ? "" : `\u2068${text}\u2069`);

/**
 * A reason as a sentence of the reader's language. One with a code that this
 * screen does not know, from a newer server, is shown in English.
 */
export function reasonText(
  r: Reason,
  t: (key: string, values: Record<string, string>) => string,
  reading: Reading,
): string {
  const key = `reason.${r.code}`;
  const names = r.names.map(apart);
  if (r.more > 0) names.push(`+${number(r.more, reading)}`);
  const country = r.country ? countryName(r.country, reading.language) : "";
  const text = t(key, {
    n: number(r.n, reading),
    grade: /^\d$/.test(r.grade) ? number(Number(r.grade), reading) : apart(r.grade),
    names: new Intl.ListFormat(reading.language, { type: "conjunction" }).format(names),
    of: apart(r.of) || country,
    country,
  });
  return text === key ? r.text : text;
}
