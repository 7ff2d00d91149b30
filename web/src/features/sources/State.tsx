import { useTranslation } from "react-i18next";
import type { Source } from "../../api/types";
import { useReading } from "../../app/preferences";
import { Unknown } from "../../parts/Words";
import { number, type Reading } from "../../text/dates";
import { type State, span, stateOf } from "./health";
import css from "./State.module.css";

/** How a source does: a shape, its colour and always the word. */
export function StateMark({ source }: { source: Source }) {
  const { t } = useTranslation();
  const reading = useReading();
  const state = stateOf(source);
  const { failures } = source.health;
  return (
    <span className={css.state} data-state={state}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[state]}
      </svg>
      {state === "failing"
        ? t("health.failing", { count: failures, n: number(failures, reading) })
        : t(`state.${state}`)}
    </span>
  );
}

const shapes: Record<State, React.ReactNode> = {
  failing: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  silent: <path d="M1 1h10v10H1Zm2.2 4v2h5.6V5Z" fill="currentColor" fillRule="evenodd" />,
  late: <path d="M6 1.2v4.8l3 2M10.8 6A4.8 4.8 0 1 1 6 1.2" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  never: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 1.6" />,
  listening: (
    <path
      d="M3.6 2.4a5.1 5.1 0 0 0 0 7.2M8.4 2.4a5.1 5.1 0 0 1 0 7.2M6 4.9a1.1 1.1 0 1 0 .01 0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  good: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  paused: <path d="M2.5 1.5h2.6v9H2.5zM6.9 1.5h2.6v9H6.9z" fill="currentColor" />,
};

/** A span of time in words; a dash with its reason where it is not known. */
export function Span({ seconds, unknown }: { seconds: number | null; unknown: string }) {
  const reading = useReading();
  return seconds === null ? <Unknown reason={unknown} /> : <bdi>{spanText(seconds, reading)}</bdi>;
}

export function spanText(seconds: number, r: Reading): string {
  const { value, unit } = span(seconds);
  return number(value, r, { style: "unit", unit, unitDisplay: "short" });
}

/** A size in bytes as its reader writes it. */
export function bytesText(bytes: number, r: Reading): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return number(value, r, {
    style: "unit",
    unit: units[step],
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  });
}

/** Items on each of the last four weeks' days, today last. Time runs left to right in every language. */
export function Days({ daily }: { daily: readonly number[] }) {
  const { t } = useTranslation();
  const reading = useReading();
  const most = Math.max(1, ...daily);
  const sum = daily.reduce((a, b) => a + b, 0);
  return (
    <svg
      className={css.days}
      width={daily.length * 3}
      height="20"
      role="img"
      aria-label={t("source.days", { n: number(sum, reading), most: number(Math.max(0, ...daily), reading) })}
    >
      {daily.map((n, day) => {
        const height = n === 0 ? 1 : Math.max(2, (n / most) * 20);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place in the row
            key={day}
            x={day * 3}
            y={20 - height}
            width="2"
            height={height}
            data-none={n === 0}
            data-today={day === daily.length - 1}
          />
        );
      })}
    </svg>
  );
}
