import { useTranslation } from "react-i18next";
import type { EventMention, Report, Span, Toll } from "../../api/types";
import { useReading } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { useFindingReasons } from "../../parts/FindingReasons";
import { CountryName, Machine, PlaceName } from "../../parts/Words";
import { countryName } from "../../text/countries";
import { number } from "../../text/dates";
import { tollText } from "../situation/events";
import aids from "./Aids.module.css";
import css from "./Happenings.module.css";
import { span } from "./NameCard";

interface Told {
  report: Report;
  onFocus: (span: Span | null) => void;
}

/** What the text says happens: what, where, when, who, how many victims, and whether it is told as having happened. */
export function Happenings({ report, onFocus }: Told) {
  const { t } = useTranslation();
  if (report.event_mentions.length === 0) return null;
  return (
    <section className={aids.box} data-happenings>
      <h2>
        {t("happening.title")} <Machine />
      </h2>
      <ol className={css.list}>
        {report.event_mentions.map((e) => (
          <Happening key={`${e.trigger.start} ${e.category}`} event={e} report={report} onFocus={onFocus} />
        ))}
      </ol>
    </section>
  );
}

function Happening({ event: e, report, onFocus }: Told & { event: EventMention }) {
  const { t, i18n } = useTranslation();
  const reading = useReading();
  const told = useFindingReasons();
  const own = { lang: report.language === "und" ? undefined : report.language, dir: textDirection(report.language) };
  const parties = (role: string) => e.actors.filter((a) => (a.role === "affected") === (role === "affected"));
  const victims = (name: string, toll: Toll | null) =>
    toll ? `${name} ${tollText(toll, (n) => number(n, reading))}` : "";
  return (
    <li className={css.one} data-happening={e.category} data-reality={e.reality}>
      <p className={css.head}>
        <button
          type="button"
          onClick={() => onFocus([e.start, e.end])}
          title={told(e)
            .map((r) => r.text)
            .join("; ")}
        >
          {t(`event.category.${e.category}`)}
        </button>
        <span className={css.reality}>{t(`happening.reality.${e.reality}`)}</span>
      </p>
      <p className={css.facts}>
        {e.place ? <PlaceName place={e.place} /> : <span className={css.none}>{t("happening.noplace")}</span>}
        {" · "}
        {e.date ? <bdi>{span(e.date, reading)}</bdi> : <span className={css.none}>{t("happening.nodate")}</span>}
      </p>
      {(["initiator", "affected"] as const).map((role) =>
        parties(role).length > 0 ? (
          <p key={role} className={css.facts}>
            <span className={css.none}>{t(`happening.${role}`)}</span>{" "}
            {parties(role).map((a, i) => (
              <span key={a.start}>
                {i > 0 ? t("list.and") : null}
                <button type="button" onClick={() => onFocus([a.start, a.end])} {...own}>
                  {a.text}
                </button>
                {a.country && countryName(a.country, i18n.language) !== a.text ? (
                  <small>
                    {" "}
                    (<CountryName code={a.country} />)
                  </small>
                ) : null}
              </span>
            ))}
          </p>
        ) : null,
      )}
      {e.killed || e.injured ? (
        <p className={css.facts} title={[e.killed?.basis, e.injured?.basis].filter(Boolean).join("; ")}>
          <bdi>
            {[victims(t("event.killed"), e.killed), victims(t("event.injured"), e.injured)].filter(Boolean).join(" · ")}
          </bdi>
        </p>
      ) : null}
    </li>
  );
}
