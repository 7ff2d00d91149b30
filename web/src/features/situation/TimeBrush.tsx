import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Histogram } from "../../api/types";
import { useReading } from "../../app/preferences";
import { number, tag } from "../../text/dates";
import css from "./TimeBrush.module.css";

interface Range {
  from?: string;
  until?: string;
}
interface Props {
  histogram: Histogram | undefined;
  range: Range;
  onRange: (range: Range) => void;
}

const height = 44;

/**
 * Reports by publication. Dragging over the bars chooses a time range; its two
 * ends are sliders for the keyboard. Time runs left to right in every language.
 */
export function TimeBrush({ histogram, range, onRange }: Props) {
  const { t } = useTranslation();
  const reading = useReading();
  const { ref, width } = useElementSize();
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const [over, setOver] = useState<number | null>(null);

  const bins = histogram?.bins ?? [];
  const step = (histogram?.step_s ?? 0) * 1000;
  const start = bins[0] ? Date.parse(bins[0].start) : 0;
  const most = Math.max(1, ...bins.map((b) => b.count));
  const ready = bins.length > 0 && step > 0 && width > 0;
  const barWidth = ready ? width / bins.length : 0;

  const edge = (time: string | undefined, other: number) =>
    time === undefined ? other : Math.min(bins.length, Math.max(0, (Date.parse(time) - start) / step));
  const chosen = range.from !== undefined || range.until !== undefined;
  const ends: [number, number] = drag ?? [edge(range.from, 0), edge(range.until, bins.length)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];

  const commit = (a: number, b: number) => {
    const iso = (index: number) => new Date(start + Math.round(index) * step).toISOString();
    const [first, last] = [Math.max(0, Math.min(a, b)), Math.min(bins.length, Math.max(a, b))];
    if (last - first < 0.5) return;
    onRange({ from: first <= 0 ? undefined : iso(first), until: last >= bins.length ? undefined : iso(last) });
  };
  const indexAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length, Math.max(0, (event.clientX - box.left) / barWidth));
  };
  const slide = (which: 0 | 1) => (event: KeyboardEvent) => {
    const by: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -5,
      PageUp: 5,
    };
    const at = Math.round(which === 0 ? low : high);
    let next: number | undefined;
    if (event.key in by) next = at + (by[event.key] ?? 0);
    if (event.key === "Home") next = which === 0 ? 0 : Math.round(low) + 1;
    if (event.key === "End") next = which === 0 ? Math.round(high) - 1 : bins.length;
    if (event.key === "Escape" && chosen) onRange({});
    if (next === undefined) return;
    event.preventDefault();
    if (which === 0) commit(Math.min(next, Math.round(high) - 1), high);
    else commit(low, Math.max(next, Math.round(low) + 1));
  };

  const long = step >= 20 * 3600_000;
  const dayFormat = new Intl.DateTimeFormat(tag(reading), { day: "numeric", month: "short", timeZone: reading.zone });
  const fullFormat = new Intl.DateTimeFormat(tag(reading), {
    dateStyle: "medium",
    timeStyle: long ? undefined : "short",
    hourCycle: "h23",
    timeZone: reading.zone,
  });
  const name = (index: number) => fullFormat.format(start + Math.round(index) * step);
  const tickEvery = ready ? Math.max(1, Math.ceil(bins.length / Math.max(2, Math.floor(width / 96)))) : 1;
  const overBin = over === null ? undefined : bins[over];

  return (
    <section className={css.brush} aria-label={t("brush.label")}>
      <div className={css.line}>
        <span className={css.title}>{t("brush.title")}</span>
        <span className={css.over} aria-hidden>
          {overBin && over !== null ? (
            <>
              <bdi>{name(over)}</bdi> · {t("reports", { count: overBin.count, n: number(overBin.count, reading) })}
            </>
          ) : null}
        </span>
        {chosen ? (
          <button type="button" className={css.clear} onClick={() => onRange({})}>
            {t("brush.clear")}
          </button>
        ) : null}
        {histogram && histogram.undated > 0 ? (
          <span className={css.undated} title={t("brush.undated.why")}>
            {t("brush.undated", { count: histogram.undated, n: number(histogram.undated, reading) })}
          </span>
        ) : null}
      </div>
      <div ref={ref} className={css.plot} dir="ltr">
        {ready ? (
          <>
            <svg
              width={width}
              height={height}
              className={css.svg}
              aria-hidden="true"
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDrag([indexAt(event), indexAt(event)]);
              }}
              onPointerMove={(event) => {
                setOver(Math.min(bins.length - 1, Math.floor(indexAt(event))));
                if (drag) setDrag([drag[0], indexAt(event)]);
              }}
              onPointerUp={(event) => {
                if (drag && Math.abs(drag[0] - indexAt(event)) * barWidth > 4) {
                  commit(Math.floor(Math.min(drag[0], indexAt(event))), Math.ceil(Math.max(drag[0], indexAt(event))));
                }
                setDrag(null);
              }}
              onPointerLeave={() => setOver(null)}
            >
              <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className={css.base} />
              {bins.map((bin, i) => {
                const h = bin.count === 0 ? 0 : Math.max(2, (bin.count / most) * (height - 6));
                const inside = !chosen && !drag ? true : i + 0.5 >= low && i + 0.5 <= high;
                return (
                  <rect
                    key={bin.start}
                    x={i * barWidth + 0.5}
                    width={Math.max(1, barWidth - 1)}
                    y={height - h}
                    height={h}
                    rx="1"
                    className={inside ? css.bar : css.barOut}
                    data-over={over === i}
                  />
                );
              })}
              {chosen || drag ? (
                <rect
                  x={low * barWidth}
                  width={(high - low) * barWidth}
                  y="0"
                  height={height}
                  className={css.selection}
                />
              ) : null}
            </svg>
            {([0, 1] as const).map((which) => {
              const at = which === 0 ? low : high;
              return (
                <div
                  key={which}
                  role="slider"
                  tabIndex={0}
                  className={css.handle}
                  data-chosen={chosen}
                  style={{ left: at * barWidth }}
                  aria-label={t(which === 0 ? "range.from" : "range.until")}
                  aria-valuemin={0}
                  aria-valuemax={bins.length}
                  aria-valuenow={Math.round(at)}
                  aria-valuetext={name(at)}
                  onKeyDown={slide(which)}
                />
              );
            })}
            <div className={css.ticks} aria-hidden>
              {bins.map((bin, i) =>
                i % tickEvery === 0 && i * barWidth < width - 60 ? (
                  <bdi key={bin.start} style={{ left: i * barWidth }}>
                    {dayFormat.format(Date.parse(bin.start))}
                  </bdi>
                ) : null,
              )}
            </div>
          </>
        ) : (
          <div className={css.none}>{histogram ? t("brush.none") : ""}</div>
        )}
      </div>
    </section>
  );
}
