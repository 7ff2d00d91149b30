import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FoundSource, PreviewItem } from "../../api/types";
import { useReading } from "../../app/preferences";
import { When } from "../../parts/When";
import { CountryName, LanguageName, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Add.module.css";

/** Something that can be read at the address: what it is, whose, and what it would bring. */
export function FoundCard({ found: f, onChoose }: { found: FoundSource; onChoose?: () => void }) {
  const { t } = useTranslation();
  return (
    <article className={css.card} data-kind={f.kind}>
      <header>
        <h2>
          <bdi>{f.name || f.address}</bdi>
        </h2>
        <p className={css.meta}>
          <strong>{t(`source.kind.${f.kind}`, { defaultValue: f.kind })}</strong>
          {f.language ? <LanguageName tag={f.language} /> : null}
          {f.country ? <CountryName code={f.country} /> : null}
          {f.owner ? <bdi>{f.owner}</bdi> : null}
          {f.family && f.family !== f.owner ? <bdi>{f.family}</bdi> : null}
          {f.catalogue ? (
            <span className={css.mark} title={t("source.catalogued.why")}>
              {t("source.catalogued")}
            </span>
          ) : null}
          {f.have ? <span className={css.mark}>{t("source.have")}</span> : null}
        </p>
        <p className={css.address}>
          <bdi dir="ltr">{f.address}</bdi>
        </p>
        {f.how ? (
          <p className={css.note} dir="auto">
            {f.how}
          </p>
        ) : null}
      </header>
      <Preview items={f.items} problems={f.problems} events={f.events} tracks={f.tracks} />
      {onChoose ? (
        <Button variant={f.have ? "default" : "filled"} size="compact-md" onClick={onChoose}>
          {t("source.choose")}
          <span className="sr-only"> {f.name || f.address}</span>
        </Button>
      ) : null}
    </article>
  );
}

interface PreviewProps {
  items: readonly PreviewItem[];
  problems: readonly string[];
  events?: number;
  tracks?: number;
}

/** The last items as they would be stored, and what could not be read. */
export function Preview({ items, problems, events = 0, tracks = 0 }: PreviewProps) {
  const { t } = useTranslation();
  const reading = useReading();
  const nothing = items.length === 0 && events === 0 && tracks === 0;
  return (
    <div className={css.preview}>
      {nothing ? <p className={css.note}>{t("source.preview.none")}</p> : null}
      {events > 0 ? <p>{t("source.preview.events", { count: events, n: number(events, reading) })}</p> : null}
      {tracks > 0 ? <p>{t("source.preview.tracks", { count: tracks, n: number(tracks, reading) })}</p> : null}
      <ul>
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two items may be alike in all
          <li key={i}>
            <strong>
              <Own text={item.title || item.snippet || item.url} language={item.language} />
            </strong>
            <small className={css.meta}>
              {item.published ? <When moment={item.published} /> : <span>{t("source.undated")}</span>}
              <LanguageName tag={item.language} />
              {item.places.length > 0 ? <bdi>{item.places.slice(0, 4).join(t("list.and"))}</bdi> : null}
            </small>
            {item.title && item.snippet ? (
              <p className={css.snippet}>
                <Own text={item.snippet} language={item.language} />
              </p>
            ) : null}
            <Problems lines={item.problems} />
          </li>
        ))}
      </ul>
      <Problems lines={problems} />
    </div>
  );
}

function Problems({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className={css.problems}>
      {lines.map((p) => (
        <li key={p} dir="auto">
          {p}
        </li>
      ))}
    </ul>
  );
}
