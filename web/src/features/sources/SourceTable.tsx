import { useTranslation } from "react-i18next";
import type { Source } from "../../api/types";
import { useReading } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Recorded } from "../../parts/When";
import { Code, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import { type Column, columns, orderOf, today, unchangedShare } from "./health";
import css from "./Sources.module.css";
import { bytesText, Days, Span, StateMark } from "./State";

interface Props {
  rows: readonly Source[];
  sort: string | undefined;
  open: string | undefined;
  onSort: (sort: string | undefined) => void;
  onOpen: (id: string) => void;
}
const figures = new Set<Column>(["items", "lag", "unchanged", "bytes"]);

export function SourceTable({ rows, sort, open, onSort, onOpen }: Props) {
  const { t } = useTranslation();
  const { column, down } = orderOf(sort);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by the keyboard too
    <section className={css.scroll} tabIndex={0} aria-label={t("nav.sources")}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((c) => (
              <th
                key={c}
                scope="col"
                className={figures.has(c) ? css.number : undefined}
                aria-sort={c === column ? (down ? "descending" : "ascending") : undefined}
              >
                <button type="button" onClick={() => onSort(c === column && !down ? `-${c}` : c)}>
                  {t(`source.column.${c}`)}
                  <span aria-hidden>{c === column ? (down ? " ↓" : " ↑") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((s) => (
            <Row key={s.id} source={s} open={s.id === open} onOpen={() => onOpen(s.id)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ source: s, open, onOpen }: { source: Source; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const reading = useReading();
  const { health: h } = s;
  const share = unchangedShare(s);
  const unseen = t("source.unseen");
  const now = today(s);
  return (
    <tr data-item data-open={open} data-member={s.member}>
      <td>
        <StateMark source={s} />
        {s.dead !== null && s.dead > 0 ? (
          <small className={css.dead}>{t("source.dead", { count: s.dead, n: number(s.dead, reading) })}</small>
        ) : null}
      </td>
      <th scope="row">
        <button type="button" className={css.open} aria-expanded={open} onClick={onOpen}>
          <bdi>{s.name}</bdi>
        </button>
        <small>
          {s.family ? (
            <>
              <bdi>{s.family}</bdi>
              {" · "}
            </>
          ) : null}
          <Code>{s.member}</Code> <PortionMark marking={s.marking} />
        </small>
      </th>
      <td>{t(`source.kind.${s.kind}`, { defaultValue: s.kind })}</td>
      <td>
        {/* A source that sends to us is good when it sends. */}
        <Recorded at={h.good ?? h.last_item} never={t("when.never")} />
      </td>
      <td>
        <Recorded at={s.paused ? null : h.next} never={t(s.paused ? "state.paused" : "source.nonext")} />
      </td>
      <td className={css.number}>
        {now === null ? (
          <Unknown reason={unseen} />
        ) : (
          <div className={css.items}>
            {h.daily ? <Days daily={h.daily} /> : null}
            <span>
              <bdi>{number(now, reading)}</bdi>{" "}
              <small>
                / {h.usual === null ? <Unknown reason={t("source.nousual")} /> : <bdi>{number(h.usual, reading)}</bdi>}
              </small>
            </span>
          </div>
        )}
      </td>
      <td className={css.number}>
        <Span seconds={h.lag_s} unknown={h.items === null ? unseen : t("source.nolag")} />
      </td>
      <td className={css.number}>
        {share === null ? (
          <Unknown reason={h.fetched === null ? unseen : t("state.never")} />
        ) : (
          <bdi>{number(share, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi>
        )}
      </td>
      <td className={css.number}>
        {h.bytes === null ? <Unknown reason={unseen} /> : <bdi>{bytesText(h.bytes, reading)}</bdi>}
      </td>
    </tr>
  );
}
