import type { EntityHead } from "../../api/types";

type Name = EntityHead["names"][number];

/**
 * The name to show: one in the reader's language, else an English one, else the
 * most carried. A full name goes before a last name alone.
 */
export function nameFor(names: readonly Name[], language: string): Name | undefined {
  const words = (n: Name) => n.text.split(/\s+/).length;
  const fullest = (some: readonly Name[]) =>
    some.find((n) => words(n) > 1 && n.count * 5 >= (some[0]?.count ?? 0)) ?? some[0];
  for (const wanted of [language, "en"]) {
    const some = names.filter((n) => n.language.split("-")[0] === wanted);
    if (some.length > 0) return fullest(some);
  }
  return fullest(names);
}
