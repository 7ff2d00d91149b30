import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ClaimStatement } from "../../api/types";
import { useReading } from "../../app/preferences";
import { number } from "../../text/dates";
import css from "./Claim.module.css";
import { chains, type Node } from "./chains";

const box = { width: 176, height: 34, across: 62, down: 12 };
const longest = 21;

const short = (name: string) =>
  Array.from(name).length > longest ? `${Array.from(name).slice(0, longest).join("")}…` : name;

/** Who told whom, drawn from the carriers to whoever spoke first. */
export function ChainGraph({ statements }: { statements: readonly ClaimStatement[] }) {
  const { t, i18n } = useTranslation();
  const reading = useReading();
  const arrow = useId();
  const graph = useMemo(() => chains(statements), [statements]);
  if (graph.edges.length === 0) return null;
  const rtl = i18n.dir() === "rtl";
  const width = graph.columns * box.width + (graph.columns - 1) * box.across + 4;
  const height = graph.rows * (box.height + box.down);
  const place = (n: Node) => {
    const x = 2 + n.column * (box.width + box.across);
    return { x: rtl ? width - x - box.width : x, y: 2 + n.row * (box.height + box.down) };
  };
  const byKey = new Map(graph.nodes.map((n) => [n.key, n]));
  return (
    <figure className={css.graph}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.drawing} tabIndex={0} aria-label={t("claim.chain")}>
        <svg width={width} height={height} role="img" aria-label={t("claim.chain")}>
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" fill="var(--ink-3)" />
            </marker>
          </defs>
          {graph.edges.map((e) => {
            const [a, b] = [byKey.get(e.from), byKey.get(e.to)];
            if (!a || !b) return null;
            const [from, to] = [place(a), place(b)];
            const x1 = rtl ? from.x : from.x + box.width;
            const x2 = rtl ? to.x + box.width + 2 : to.x - 2;
            const [y1, y2] = [from.y + box.height / 2, to.y + box.height / 2];
            const middle = (x1 + x2) / 2;
            const against = e.stances.length > 0 && e.stances.every((s) => s === "DENY");
            return (
              <path
                key={`${e.from} ${e.to}`}
                d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}
                fill="none"
                stroke={against ? "var(--alarm)" : "var(--ink-3)"}
                strokeWidth={Math.min(4, 1 + Math.log2(e.count))}
                markerEnd={`url(#${arrow})`}
              >
                <title>{number(e.count, reading)}</title>
              </path>
            );
          })}
          {graph.nodes.map((n) => {
            const { x, y } = place(n);
            return (
              <g key={n.key} transform={`translate(${x} ${y})`}>
                <title>{`${n.name} · ${t(`agent.${n.kind}`)}`}</title>
                <rect
                  width={box.width}
                  height={box.height}
                  rx="6"
                  fill={n.root ? "var(--accent-soft)" : "var(--surface)"}
                  stroke={n.root ? "var(--accent)" : "var(--line-strong)"}
                  strokeDasharray={n.kind === "anonymous" || n.kind === "collective" ? "4 3" : undefined}
                />
                <text
                  x={box.width / 2}
                  y={box.height / 2}
                  dominantBaseline="central"
                  textAnchor="middle"
                  direction={/\p{Script=Arabic}/u.test(n.name) ? "rtl" : "ltr"}
                  fill="var(--ink)"
                >
                  {short(n.name)}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
      <figcaption>
        {t("claim.chain.caption")}
        {graph.left > 0 ? ` ${t("claim.chain.left", { n: number(graph.left, reading) })}` : ""}
      </figcaption>
    </figure>
  );
}
