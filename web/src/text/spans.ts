// Offsets count Unicode code points, as the server's do; JavaScript's strings
// count UTF-16 units. A Text divides once and is cut by code points after.
import type { Mention, Span } from "../api/types";

export interface Piece {
  /** Of the whole text. */
  start: number;
  text: string;
  mention: Mention | null;
}

/** Cuts a stretch of the text into plain pieces and mentions. Overlapping mentions keep the first. */
export function pieces(points: readonly string[], from: number, to: number, mentions: readonly Mention[]): Piece[] {
  const out: Piece[] = [];
  let at = from;
  for (const m of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (m.start < at || m.end > to || m.end <= m.start) continue;
    if (m.start > at) out.push({ start: at, text: points.slice(at, m.start).join(""), mention: null });
    out.push({ start: m.start, text: points.slice(m.start, m.end).join(""), mention: m });
    at = m.end;
  }
  if (at < to) out.push({ start: at, text: points.slice(at, to).join(""), mention: null });
  return out;
}

/** The paragraphs of the body: half-open stretches between blank lines, from the end of the title. */
export function paragraphs(points: readonly string[], from: number): Span[] {
  const out: Span[] = [];
  let start = from;
  for (let i = from; i <= points.length; i++) {
    const blank = points[i] === "\n" && points[i + 1] === "\n";
    if (i < points.length && !blank) continue;
    if (points.slice(start, i).join("").trim() !== "") out.push([start, i]);
    while (points[i + 1] === "\n") i++;
    start = i + 1;
  }
  return out;
}

/** Cuts a text at the hits of a search. */
export function marked(text: string, hits: readonly (readonly number[])[]): { text: string; hit: boolean }[] {
  const points = Array.from(text);
  const out: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of [...hits].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
    if (start < at || end <= start) continue;
    if (start > at) out.push({ text: points.slice(at, start).join(""), hit: false });
    out.push({ text: points.slice(start, end).join(""), hit: true });
    at = end;
  }
  if (at < points.length) out.push({ text: points.slice(at).join(""), hit: false });
  return out;
}

/** The parts of hits in the whole text that lie in a piece of so many code points, counted from the piece's start. */
export function hitsIn(start: number, length: number, hits: readonly (readonly number[])[]): Span[] {
  return hits.flatMap(([from = 0, to = 0]): Span[] => {
    const span: Span = [Math.max(0, from - start), Math.min(length, to - start)];
    return span[0] < span[1] ? [span] : [];
  });
}
