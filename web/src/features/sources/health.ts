// What a source's health says in one word, and which source needs a person first.
import type { Source } from "../../api/types";

export const states = ["failing", "silent", "late", "never", "listening", "good", "paused"] as const;
export type State = (typeof states)[number];

/** Kinds that are spoken to, and have no next fetch. */
const listeners = new Set(["push", "nats", "tracks"]);

const known = (at: string | null) => at !== null && !at.startsWith("0001-");

/** The one word for a source, the worst that is true of it. */
export function stateOf(s: Pick<Source, "paused" | "kind" | "health">): State {
  const { health } = s;
  if (s.paused) return "paused";
  if (health.failures > 0) return "failing";
  if (health.alarm === "silent" || health.alarm === "late") return health.alarm;
  if (listeners.has(s.kind)) return "listening";
  return known(health.tried) ? "good" : "never";
}

/** Items taken today (UTC), null where that is not told. */
export const today = (s: Pick<Source, "health">): number | null => s.health.daily?.at(-1) ?? null;

/** How much of what was fetched had not changed, from 0 to 1; null where nothing was fetched or it is not told. */
export function unchangedShare({ health }: Pick<Source, "health">): number | null {
  const { fetched, unchanged } = health;
  return fetched === null || unchanged === null || fetched === 0 ? null : Math.min(1, unchanged / fetched);
}

export const columns = ["state", "name", "kind", "good", "next", "items", "lag", "unchanged", "bytes"] as const;
export type Column = (typeof columns)[number];

type Worth = number | string | null;
const instant = (at: string | null): number | null => (at !== null && known(at) ? Date.parse(at) : null);
const worth: Record<Column, (s: Source) => Worth> = {
  state: (s) => states.indexOf(stateOf(s)),
  name: (s) => s.name,
  kind: (s) => s.kind,
  good: (s) => instant(s.health.good),
  next: (s) => (s.paused ? null : instant(s.health.next)),
  items: today,
  lag: (s) => s.health.lag_s,
  unchanged: unchangedShare,
  bytes: (s) => s.health.bytes,
};

/** The column and direction that an address names: "lag", "-lag"; the sick first otherwise. */
export function orderOf(text: string | undefined): { column: Column; down: boolean } {
  const column = columns.find((c) => c === text?.replace("-", ""));
  return { column: column ?? "state", down: column !== undefined && (text ?? "").startsWith("-") };
}

/** Sources in an order; what is not known comes last whichever way, equals by name. */
export function sorted(sources: readonly Source[], text: string | undefined, language: string): Source[] {
  const { column, down } = orderOf(text);
  const names = new Intl.Collator(language);
  const compare = (a: Worth, b: Worth): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const way = typeof a === "string" || typeof b === "string" ? names.compare(String(a), String(b)) : a - b;
    return down ? -way : way;
  };
  return [...sources].sort(
    (a, b) => compare(worth[column](a), worth[column](b)) || names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1),
  );
}

export interface Narrowing {
  find?: string;
  kind?: string;
  member?: string;
  state?: string;
}

/** Whether a source is among those asked for; words stand in its name, owner, family or address. */
export function matches(s: Source, n: Narrowing): boolean {
  const text = `${s.name} ${s.slug} ${s.owner} ${s.family} ${s.address}`.toLocaleLowerCase();
  const words = (n.find ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return (
    words.every((word) => text.includes(word)) &&
    (!n.kind || s.kind === n.kind) &&
    (!n.member || s.member === n.member) &&
    (!n.state || stateOf(s) === n.state)
  );
}

/** A span of seconds as its largest fitting unit. */
export function span(seconds: number): { value: number; unit: "second" | "minute" | "hour" | "day" } {
  if (seconds < 90) return { value: Math.round(seconds), unit: "second" };
  if (seconds < 90 * 60) return { value: Math.round(seconds / 60), unit: "minute" };
  if (seconds < 36 * 3600) return { value: Math.round(seconds / 3600), unit: "hour" };
  return { value: Math.round(seconds / 86_400), unit: "day" };
}
