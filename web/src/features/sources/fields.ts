// What a person is asked for about a source: its owner's kinds, and the
// settings and secrets that a connector reads, by the keys of its package doc.
export const ownerships = ["state", "public", "private", "party", "armed_group", "religious", "ngo", "igo"] as const;
export type Ownership = "" | (typeof ownerships)[number];

export const ownershipOf = (text: string): Ownership => ownerships.find((o) => o === text) ?? "";

interface Needs {
  options: readonly string[];
  secrets: readonly string[];
}
const none: Needs = { options: [], secrets: [] };
const needs: Record<string, Needs> = {
  page: { options: ["list", "title", "text", "date", "author", "remove"], secrets: [] },
  mail: { options: [], secrets: ["user", "password"] },
  events: { options: ["since"], secrets: ["email", "password", "key", "token"] },
  alerts: { options: ["language", "user", "header"], secrets: ["password", "token"] },
  wires: { options: ["user", "header"], secrets: ["password", "token"] },
  taxii: { options: ["collection"], secrets: ["user", "password", "token"] },
  misp: { options: [], secrets: ["key"] },
  tracks: { options: ["interface"], secrets: ["certificate", "key"] },
  nats: { options: ["subject", "stream"], secrets: ["user", "password", "token"] },
};

/** Every kind of source; push is that of sources that send to us. */
export const kinds = [
  ...["feed", "page", "mail", "files", "events", "alerts", "messaging"],
  ...["wires", "taxii", "misp", "tracks", "nats", "push"],
] as const;

export const needsOf = (kind: string): Needs => needs[kind] ?? none;

/** Keeps what was filled in; undefined where nothing was. */
export function given(fields: Record<string, string>): Record<string, string> | undefined {
  const filled = Object.entries(fields).filter(([, value]) => value.trim() !== "");
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}
