import { useTranslation } from "react-i18next";
import type { Track } from "../../api/types";
import { useReading } from "../../app/preferences";
import { typeWords } from "../../map/sidc";
import { PortionMark } from "../../parts/Marks";
import { Empty } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import { number } from "../../text/dates";
import { Position } from "./EventDetail";
import css from "./Events.module.css";

/** What the map shows as symbols, in words. What its sender no longer vouches for is gone. */
export function PositionList({ tracks }: { tracks: readonly Track[] }) {
  const { t } = useTranslation();
  const reading = useReading();
  if (tracks.length === 0) return <Empty title={t("positions.empty.title")} text={t("positions.empty.text")} />;
  return (
    <>
      <p className={css.tools}>{t("positions.note")}</p>
      <ol>
        {tracks.map((track) => {
          const { side, where } = typeWords(track.type);
          return (
            <li key={`${track.source} ${track.uid}`} className={css.item} data-track={track.uid}>
              <h2>
                <bdi>{track.callsign || track.uid}</bdi>
              </h2>
              <p className={css.meta}>
                <span>{t(`track.where.${where}`)}</span>
                <span>{t(`track.side.${side}`)}</span>
                <span>
                  <Code>{track.type}</Code>
                </span>
                {track.speed !== null ? (
                  <span>
                    <bdi>
                      {number(track.speed * 3.6, reading, {
                        style: "unit",
                        unit: "kilometer-per-hour",
                        maximumFractionDigits: 0,
                      })}
                    </bdi>
                  </span>
                ) : null}
                {track.course !== null ? (
                  <span>
                    <bdi dir="ltr">{number(Math.round(track.course), reading)}°</bdi>
                  </span>
                ) : null}
              </p>
              {track.point ? (
                <p className={css.meta}>
                  <Position {...track.point} />
                  {track.ce_m !== null ? (
                    <span>
                      <bdi>± {number(track.ce_m, reading, { style: "unit", unit: "meter" })}</bdi>
                    </span>
                  ) : null}
                </p>
              ) : null}
              {track.remarks ? <p dir="auto">{track.remarks}</p> : null}
              <p className={css.foot}>
                <PortionMark marking={track.marking} />
                <small>
                  <Recorded at={track.time} never={t("when.never")} />
                </small>
              </p>
            </li>
          );
        })}
      </ol>
    </>
  );
}
