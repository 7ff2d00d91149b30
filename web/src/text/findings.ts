import type { FindingReason } from "../api/types";
import { languageName } from "./countries";
import { number, type Reading } from "./dates";

/** Words of any script inside a sentence keep their own direction (Unicode isolates). */
const apart = (text: string) => `\u2068${text}\u2069`;

/**
 * Why something was found, as a sentence of the reader's language; null where
 * the sentence has no code, or one that this screen does not know.
 */
export function findingText(
  r: FindingReason,
  t: (key: string, values: Record<string, string | number>) => string,
  reading: Reading,
): string | null {
  if (r.code === "") return null;
  const { n, share, language, other, reality, ...words } = r.with;
  const values: Record<string, string | number> = {};
  for (const [name, text] of Object.entries(words)) values[name] = apart(text);
  if (n !== undefined) Object.assign(values, { count: Number(n), n: number(Number(n), reading) });
  if (share !== undefined) values.share = number(Number(share), reading);
  if (language !== undefined) values.language = apart(languageName(language, reading.language));
  if (other !== undefined) values.other = apart(language === undefined ? other : languageName(other, reading.language));
  if (reality !== undefined) values.what = t(`happening.reality.${reality}`, {});
  const key = `finding.${r.code}`;
  const text = t(key, values);
  return text === key ? null : text;
}
