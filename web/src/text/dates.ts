// Times as a person reads them: own language, calendar, zone and digits. What
// is unknown is never printed here; it is shown as unknown by its component.
import type { Moment } from "../api/types";

export interface Reading {
  language: string;
  calendar: string; // a Unicode calendar: "gregory", "persian", "islamic-umalqura"
  zone: string; // IANA
  digits: string; // a Unicode numbering system: "latn", "arab", "arabext"
}

export const tag = (r: Reading) => `${r.language}-u-ca-${r.calendar}-nu-${r.digits}`;

const day = 24 * 60 * 60 * 1000;

/** The moment in full, with its zone; a day or a month where no more is known. */
export function exact(m: Moment, r: Reading): string {
  const at = new Date(m.time);
  if (m.precision === "month") {
    return new Intl.DateTimeFormat(tag(r), { year: "numeric", month: "long", timeZone: "UTC" }).format(at);
  }
  if (m.precision === "day") {
    return new Intl.DateTimeFormat(tag(r), { dateStyle: "long", timeZone: "UTC" }).format(at);
  }
  return new Intl.DateTimeFormat(tag(r), {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: r.zone,
    timeZoneName: "short",
  }).format(at);
}

/** The moment in a list: relative under a day, then day and month, then with the year. */
export function short(m: Moment, r: Reading, now: number): string {
  const at = Date.parse(m.time);
  const age = now - at;
  const exactEnough = m.precision === "second" || m.precision === "minute";
  if (exactEnough && Math.abs(age) < day) return relative(-age, r);
  const zone = exactEnough ? r.zone : "UTC";
  if (m.precision === "month") return exact(m, r);
  const sameYear = yearOf(at, r, zone) === yearOf(now, r, zone);
  return new Intl.DateTimeFormat(tag(r), {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
    timeZone: zone,
  }).format(at);
}

const yearOf = (at: number, r: Reading, zone: string) =>
  new Intl.DateTimeFormat(tag(r), { year: "numeric", timeZone: zone }).format(at);

/** A distance from now in words: "3 minutes ago", "in 2 days". */
export function relative(ms: number, r: Reading): string {
  const format = new Intl.RelativeTimeFormat(`${r.language}-u-nu-${r.digits}`, { numeric: "auto", style: "short" });
  const seconds = ms / 1000;
  if (Math.abs(seconds) < 45) return format.format(0, "second");
  const minutes = seconds / 60;
  if (Math.abs(minutes) < 59.5) return format.format(Math.round(minutes), "minute");
  const hours = minutes / 60;
  if (Math.abs(hours) < 23.5) return format.format(Math.round(hours), "hour");
  return format.format(Math.round(hours / 24), "day");
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const two = (n: number) => String(n).padStart(2, "0");

/** The date-time group in Zulu, "261530ZSEP15"; null where the minute is not known. */
export function dtg(m: Moment): string | null {
  if (m.precision !== "second" && m.precision !== "minute") return null;
  const at = new Date(m.time);
  const month = months[at.getUTCMonth()] ?? "";
  return `${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z${month}${two(at.getUTCFullYear() % 100)}`;
}

/** An instant that the centre itself recorded. */
export const instant = (time: string): Moment => ({ time, precision: "second", basis: "centre" });

/** A day of the person's calendar, its month in words. */
export const dayOf = (time: string, r: Reading) =>
  new Intl.DateTimeFormat(tag(r), { day: "numeric", month: "short", year: "numeric", timeZone: r.zone }).format(
    new Date(time),
  );

export const number = (n: number, r: Reading, options?: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(`${r.language}-u-nu-${r.digits}`, options).format(n);
