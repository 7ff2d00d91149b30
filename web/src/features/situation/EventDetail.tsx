import { useQuery } from "@tanstack/react-query";
import { forward } from "mgrs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { event as eventOf, sources as sourcesOf } from "../../api/queries";
import type { Event, Toll } from "../../api/types";
import { useReading } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Side } from "../../parts/Side";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Recorded, When } from "../../parts/When";
import { Code, CountryName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Events.module.css";
import { tollText } from "./events";

/** All that a source states of one event. */
export function EventDetail({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const event = useQuery({ ...eventOf(id ?? ""), enabled: id !== undefined });
  const e = id === undefined ? undefined : event.data;
  return (
    <Side
      opened={id !== undefined}
      onClose={onClose}
      title={e ? <bdi>{e.title || e.external_id}</bdi> : t("event.title")}
    >
      {id !== undefined && event.isPending ? <ListSkeleton rows={4} /> : null}
      {event.isError ? <Trouble error={event.error} retry={() => void event.refetch()} /> : null}
      {e ? <Detail event={e} /> : null}
    </Side>
  );
}

/** When it began, as exactly as the source knows, and no more. */
export function EventDate({ event: e, full }: { event: Event; full?: boolean }) {
  const { t } = useTranslation();
  if (!e.start) return <Unknown reason={t("event.nodate")} />;
  return (
    <span>
      <When moment={e.start} full={full} />
      {["week", "month", "longer"].includes(e.time_precision) ? ` (${t(`event.time.${e.time_precision}`)})` : null}
    </span>
  );
}

function Detail({ event: e }: { event: Event }) {
  const { t } = useTranslation();
  const reading = useReading();
  const sources = useQuery(sourcesOf);
  const source = sources.data?.sources.find((s) => s.id === e.source);
  const isWeb = /^https?:\/\//i.test(e.url);
  return (
    <div className={css.detail} data-detail={e.external_id}>
      <p className={css.category}>
        <span className={css.diamond} aria-hidden />
        {t(`event.category.${e.category}`, { defaultValue: e.category })}
      </p>
      {e.notes ? (
        <p className={css.notes} dir="auto">
          {e.notes}
        </p>
      ) : null}
      <dl className={css.facts}>
        <Fact name={t("event.when")}>
          <EventDate event={e} full />
          {e.end ? (
            <>
              {" – "}
              <When moment={e.end} full />
            </>
          ) : null}
        </Fact>
        <Fact name={t("event.where")}>
          <Where event={e} />
        </Fact>
        <Fact name={t("event.actors")}>
          {e.actors.length === 0 ? <Unknown reason={t("event.noactors")} /> : null}
          <ul>
            {e.actors.map((a) => (
              <li key={`${a.role} ${a.name} ${a.code}`}>
                <bdi>{a.name || a.code}</bdi>{" "}
                <small>
                  {a.role === "unknown" ? null : t(`event.role.${a.role}`, { defaultValue: a.role })}
                  {a.country ? (
                    <>
                      {" "}
                      <CountryName code={a.country} />
                    </>
                  ) : null}
                </small>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name={t("event.killed")}>
          <Figure toll={e.killed} />
        </Fact>
        <Fact name={t("event.injured")}>
          <Figure toll={e.injured} />
        </Fact>
        <Fact name={t("provenance.source")}>
          {source ? <bdi>{source.name}</bdi> : <Unknown reason={t("source.hidden")} />}
          {e.attribution ? (
            <small>
              {t("event.attribution")} <bdi>{e.attribution}</bdi>
            </small>
          ) : null}
        </Fact>
        {e.mentions > 0 ? (
          <Fact name={t("event.mentions")}>
            <bdi>{number(e.mentions, reading)}</bdi>
            <small>{t("event.echo")}</small>
          </Fact>
        ) : null}
        <Fact name={t("event.code")}>{e.code ? <bdi>{e.code}</bdi> : <Unknown reason={t("source.unsaid")} />}</Fact>
        <Fact name={t("event.id")}>
          <Code>{e.external_id}</Code>
          {e.version > 1 ? <small>{t("report.version", { version: number(e.version, reading) })}</small> : null}
        </Fact>
        <Fact name={t("provenance.address")}>
          {isWeb ? (
            <a href={e.url} target="_blank" rel="noreferrer noopener">
              <bdi dir="ltr">{e.url}</bdi>
            </a>
          ) : (
            <Unknown reason={t("provenance.noaddress")} />
          )}
        </Fact>
        <Fact name={t("event.fetched")}>
          <Recorded at={e.fetched} full never={t("source.unsaid")} />
        </Fact>
        <Fact name={t("marking.title")}>
          <PortionMark marking={e.marking} />
        </Fact>
      </dl>
      {e.license ? (
        <p className={css.license} dir="auto">
          <strong>{t("event.license")}</strong> {e.license}
        </p>
      ) : null}
      {e.problems.length > 0 ? (
        <ul className={css.problems} aria-label={t("source.problems")}>
          {e.problems.map((p) => (
            <li key={p} dir="auto">
              {p}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Where({ event: e }: { event: Event }) {
  const { t } = useTranslation();
  const reading = useReading();
  return (
    <>
      {e.place ? <bdi>{e.place}</bdi> : <Unknown reason={t("event.noplace")} />}
      {e.admin1 ? (
        <>
          {t("list.and")}
          <bdi>{e.admin1}</bdi>
        </>
      ) : null}
      {e.country ? (
        <>
          {t("list.and")}
          <CountryName code={e.country} />
        </>
      ) : null}
      <small>
        {e.geo_precision ? t(`event.geo.${e.geo_precision}`, { defaultValue: e.geo_precision }) : null}{" "}
        {e.uncertainty_m > 0
          ? `± ${number(e.uncertainty_m / 1000, reading, { style: "unit", unit: "kilometer", maximumFractionDigits: 1 })}`
          : null}
      </small>
      {e.point ? <Position lon={e.point.lon} lat={e.point.lat} /> : <small>{t("event.nopoint")}</small>}
    </>
  );
}

/** A position in degrees and in the military grid, where it has one. */
export function Position({ lon, lat }: { lon: number; lat: number }) {
  return (
    <small>
      <Code>{`${lat.toFixed(4)}, ${lon.toFixed(4)}`}</Code>{" "}
      {lat <= 84 && lat >= -80 ? <Code>{forward([lon, lat], 4)}</Code> : null}
    </small>
  );
}

function Figure({ toll }: { toll: Toll | null }) {
  const { t } = useTranslation();
  const reading = useReading();
  if (toll === null) return <Unknown reason={t("event.notoll")} />;
  const n = (value: number) => number(value, reading);
  return (
    <>
      <bdi dir="ltr">{tollText(toll, n)}</bdi>
      {toll.low === toll.high ? null : <small>{t("event.bounds")}</small>}
      {toll.civilians > 0 ? <small>{t("event.civilians", { n: n(toll.civilians) })}</small> : null}
      {toll.basis ? <small dir="auto">{toll.basis}</small> : null}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
