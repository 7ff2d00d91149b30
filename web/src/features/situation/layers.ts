// What the map shows, as the address holds it, and what the words of a search
// mean for events.
export const layers = ["reports", "events", "positions"] as const;
export type Layer = (typeof layers)[number];

/** The layers of an address: "events,positions"; reports alone where it names none that there is. */
export function layersOf(text: string | undefined): ReadonlySet<Layer> {
  const named = layers.filter((l) => (text ?? "").split(",").includes(l));
  return new Set(named.length > 0 ? named : ["reports"]);
}

/** The same for the address; undefined for reports alone, which needs no words. The last layer stays. */
export function withLayer(shown: ReadonlySet<Layer>, layer: Layer): string | undefined {
  const next = layers.filter((l) => (l === layer ? !shown.has(l) : shown.has(l)));
  const kept = next.length > 0 ? next : [...shown];
  return kept.length === 1 && kept[0] === "reports" ? undefined : kept.join(",");
}

/** Events are searched for words as they stand; a question with fields, quotes or operators is not for them. */
export function plainWords(q: string | undefined): string | undefined {
  const text = (q ?? "").trim();
  return /^[\p{L}\p{M}\p{N}\s'’-]+$/u.test(text) && !/(^|\s)(-|AND|OR|NOT|NEAR)/.test(text) ? text : undefined;
}
