// The catalogue as a person narrows it: pure functions of its lines.
import type { CataloguedSource } from "../../api/types";

export const facets = ["language", "country", "topic", "ownership"] as const;
export type Facet = (typeof facets)[number];
export type Narrowed = Partial<Record<Facet | "find", string>>;

/** The lines that bear every word and have every chosen property. */
export function narrowed(all: readonly CataloguedSource[], by: Narrowed): CataloguedSource[] {
  const words = (by.find ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((s) => {
    const text = `${s.name} ${s.native} ${s.owner} ${s.family} ${s.address} ${s.site}`.toLocaleLowerCase();
    return words.every((w) => text.includes(w)) && facets.every((f) => !by[f] || s[f] === by[f]);
  });
}

/** Lines by publisher family, the families in the order of a language. */
export function families(lines: readonly CataloguedSource[], language: string) {
  const of = new Map<string, CataloguedSource[]>();
  for (const line of lines) of.set(line.family, [...(of.get(line.family) ?? []), line]);
  const order = new Intl.Collator(language);
  return [...of].map(([family, sources]) => ({ family, sources })).sort((a, b) => order.compare(a.family, b.family));
}
