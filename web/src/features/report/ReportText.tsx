import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { forward } from "mgrs";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Mention, Report, Span } from "../../api/types";
import { useReading } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { FindingReasons } from "../../parts/FindingReasons";
import { Code, CountryName, Machine, PlaceName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import { hitsIn, marked, type Piece, paragraphs, pieces } from "../../text/spans";
import { Named } from "./NameCard";
import css from "./ReportText.module.css";

interface Props {
  report: Report;
  /** Told the place that is pointed at. */
  onPlace: (id: string | null) => void;
  /** The stretch of the text that something else on the page speaks of; it is marked and brought into sight. */
  focus?: Span | null;
  /** Stands after each paragraph: [from, to) of the text. */
  after?: (from: number, to: number) => ReactNode;
}

/** The text in its own language and direction, with quiet underlines under what is named in it. */
export function ReportText({ report, onPlace, focus = null, after }: Props) {
  const { text, title } = report.content;
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the focus moves
  useEffect(() => {
    box.current?.querySelector("[data-focus]")?.scrollIntoView({ block: "nearest" });
  }, [focus]);
  const { t } = useTranslation();
  const points = useMemo(() => Array.from(text), [text]);
  const mentions = report.mentions;
  const cut = (from: number, to: number) =>
    pieces(
      points,
      from,
      to,
      mentions.filter((m) => m.start < to && m.end > from),
    );
  const own = { lang: report.language === "und" ? undefined : report.language, dir: textDirection(report.language) };
  const show = (piece: Piece) => {
    const text = <Marked key={piece.start} piece={piece} hits={report.hits} focus={focus} />;
    if (piece.mention === null) return text;
    return (
      <Mentioned key={piece.start} mention={piece.mention} onPlace={onPlace}>
        {text}
      </Mentioned>
    );
  };
  return (
    <div ref={box} className={css.text} {...own}>
      <div className={css.block}>
        <h1>{title > 0 ? cut(0, title).map(show) : report.title}</h1>
        {after?.(0, title)}
      </div>
      {paragraphs(points, title).map(([from, to]) => {
        const other = report.stretches.find((s) => s.start <= from && s.end >= to);
        return (
          <div key={from} className={css.block}>
            <p {...(other ? { lang: other.language, dir: textDirection(other.language) } : {})}>
              {sections(report.parts, from, to).map(([start, end, kind]) =>
                kind ? (
                  <span key={start} data-part={kind} title={t(`part.${kind}`)}>
                    {cut(start, end).map(show)}
                  </span>
                ) : (
                  cut(start, end).map(show)
                ),
              )}
            </p>
            {after?.(from, to)}
          </div>
        );
      })}
    </div>
  );
}

/** Cuts a paragraph at the edges of the parts that are not running text. */
function sections(
  parts: Report["parts"],
  from: number,
  to: number,
): [number, number, Report["parts"][number]["kind"] | null][] {
  const out: ReturnType<typeof sections> = [];
  let at = from;
  for (const p of parts) {
    const start = Math.max(p.start, at);
    const end = Math.min(p.end, to);
    if (start >= end) continue;
    if (start > at) out.push([at, start, null]);
    out.push([start, end, p.kind]);
    at = end;
  }
  if (at < to) out.push([at, to, null]);
  return out;
}

/** A piece of the text with the words that its reader searched for, and with what is spoken of. */
function Marked({ piece, hits, focus }: { piece: Piece; hits: Report["hits"]; focus: Span | null }) {
  let at = piece.start;
  return marked(piece.text, focus ? hitsIn(piece.start, Array.from(piece.text).length, [focus]) : []).map((part) => {
    const start = at;
    at += Array.from(part.text).length;
    const found = <Found key={start} start={start} text={part.text} hits={hits} />;
    return part.hit ? (
      <span key={start} className={css.focus} data-focus>
        {found}
      </span>
    ) : (
      found
    );
  });
}

function Found({ start, text, hits }: { start: number; text: string; hits: Report["hits"] }) {
  let at = start;
  return marked(text, hitsIn(start, Array.from(text).length, hits)).map((part) => {
    const key = at;
    at += part.text.length;
    return part.hit ? <mark key={key}>{part.text}</mark> : part.text;
  });
}

function Mentioned({
  mention,
  children,
  onPlace,
}: {
  mention: Mention;
  children: ReactNode;
  onPlace: Props["onPlace"];
}) {
  const { place } = mention;
  if (mention.kind !== "place") return <Named mention={mention}>{children}</Named>;
  if (!place) return children;
  return (
    <Popover
      width={310}
      position="bottom"
      withArrow
      trapFocus
      returnFocus
      onChange={(open) => onPlace(open ? place.id : null)}
    >
      <Popover.Target>
        <button
          type="button"
          className={css.mention}
          onMouseEnter={() => onPlace(place.id)}
          onMouseLeave={() => onPlace(null)}
        >
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <PlaceCard mention={mention} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Which place the words name, and why the machine thinks so. */
function PlaceCard({ mention }: { mention: Mention }) {
  const { t, i18n } = useTranslation();
  const reading = useReading();
  const { place } = mention;
  if (!place) return null;
  const { point } = place;
  return (
    <div className={css.card} lang={i18n.language} dir={i18n.dir()}>
      <p className={css.cardName}>
        <PlaceName place={place} />
      </p>
      <p className={css.cardClass}>
        {t(`place.class.${place.class}`)}
        {place.country ? (
          <>
            {t("list.and")}
            <CountryName code={place.country} />
          </>
        ) : null}
      </p>
      <dl>
        <dt>{t("place.position")}</dt>
        <dd>
          {point ? (
            <>
              <Code>{`${point.lat.toFixed(3)}, ${point.lon.toFixed(3)}`}</Code>
              {Math.abs(point.lat) <= 80 ? (
                <>
                  <br />
                  <Code>{grid(point.lon, point.lat)}</Code>
                </>
              ) : null}
            </>
          ) : (
            <Unknown reason={t("place.nopoint")} />
          )}
        </dd>
        {point && place.radius_m > 0 ? (
          <>
            <dt>{t("place.radius")}</dt>
            <dd>
              <bdi>
                {place.radius_m >= 1000
                  ? number(Math.round(place.radius_m / 1000), reading, { style: "unit", unit: "kilometer" })
                  : number(place.radius_m, reading, { style: "unit", unit: "meter" })}
              </bdi>
            </dd>
          </>
        ) : null}
        <dt>{t("place.score")}</dt>
        <dd>
          <bdi>{number(mention.score, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi>
        </dd>
        <dt>{t("place.gazetteer")}</dt>
        <dd>
          <Code>{place.id}</Code>
        </dd>
      </dl>
      <p className={css.why}>{t("why")}</p>
      <FindingReasons found={mention} className={css.reasons} />
      <p className={css.cardEnd}>
        <Link to="/search" search={{ q: `place:"${place.name}"` }}>
          {t("place.search")}
        </Link>
        <span title={`${mention.step} ${mention.version}`}>
          <Machine />
        </span>
      </p>
    </div>
  );
}

const grid = (lon: number, lat: number) =>
  forward([lon, lat], 3).replace(/^(\d+[A-Z])([A-Z]{2})(\d{3})(\d{3})$/, "$1 $2 $3 $4");
