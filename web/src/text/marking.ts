// Markings as text: what a banner and a portion mark show. Who may see what is
// decided by the server alone; this only reads what it printed.
export interface Marking {
  level: number;
  releasable: string[]; // originator first
  caveats: string[];
  tlp: string; // "TLP:AMBER" or ""
}

const levels = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"];
const abbreviations = ["U", "R", "C", "S", "TS"];
const strictness = ["", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];

/** Reads a printed marking; null for "UNMARKED" and for anything else. */
export function parseMarking(text: string): Marking | null {
  const marking: Marking = { level: -1, releasable: [], caveats: [], tlp: "" };
  for (const part of text.split("//")) {
    if (levels.includes(part)) marking.level = levels.indexOf(part);
    else if (part.startsWith("REL TO ")) marking.releasable = part.slice(7).split(", ");
    else if (part.startsWith("TLP:")) marking.tlp = part;
    else if (part !== "") marking.caveats.push(part);
  }
  return marking.level < 0 || marking.releasable.length === 0 ? null : marking;
}

export function printMarking(m: Marking): string {
  const parts = [levels[m.level], `REL TO ${m.releasable.join(", ")}`, ...m.caveats];
  if (m.tlp) parts.push(m.tlp);
  return parts.join("//");
}

/** The short form in front of a portion: "R//REL TO IRQ, SYR//ORCON", TLP apart. */
export function portion(m: Marking): string {
  return [abbreviations[m.level], `REL TO ${m.releasable.join(", ")}`, ...m.caveats].join("//");
}

/** The stricter label. One that opens (CLEAR, GREEN) holds only where both bear one. */
function stricter(a: Marking["tlp"], b: Marking["tlp"]): Marking["tlp"] {
  const strictest = strictness[Math.max(strictness.indexOf(a), strictness.indexOf(b))] ?? "";
  const opens = strictest === "TLP:CLEAR" || strictest === "TLP:GREEN";
  return opens && (a === "" || b === "") ? "" : strictest;
}

/**
 * The banner of a page: highest level, recipients common to all, every caveat,
 * strictest TLP, as the server's own join does it. Null where nothing marked is
 * shown, or where a marking cannot be read: then the banner says so.
 */
export function joinMarkings(texts: readonly string[]): Marking | null {
  let joined: Marking | null = null;
  for (const text of new Set(texts)) {
    const m = parseMarking(text);
    if (m === null) return null;
    if (joined === null) {
      joined = { ...m };
      continue;
    }
    const before: Marking = joined;
    joined = {
      level: Math.max(before.level, m.level),
      releasable: before.releasable.filter((code) => m.releasable.includes(code)),
      caveats: [...new Set([...before.caveats, ...m.caveats])].sort(),
      tlp: stricter(before.tlp, m.tlp),
    };
  }
  return joined !== null && joined.releasable.length > 0 ? joined : null;
}
