import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { Source } from "../../api/types";
import { useReading } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Side } from "../../parts/Side";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code, CountryName, LanguageName, Unknown } from "../../parts/Words";
import { number } from "../../text/dates";
import { EditSource } from "./EditSource";
import { Keys } from "./Keys";
import css from "./Panel.module.css";
import { bytesText, Days, Span, StateMark, spanText } from "./State";

/** All that is known of one source, and what may be done with it. */
export function SourcePanel({ source, onClose }: { source: Source | undefined; onClose: () => void }) {
  return (
    <Side opened={source !== undefined} onClose={onClose} title={<bdi>{source?.name}</bdi>}>
      {source ? <Detail key={source.id} source={source} /> : null}
    </Side>
  );
}

function Detail({ source: s }: { source: Source }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const pause = useMutation({
    mutationFn: () =>
      answer(api.PATCH("/sources/{id}", { params: { path: { id: s.id } }, body: { paused: !s.paused } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sources"] }),
  });
  return (
    <div className={css.panel} data-panel={s.slug}>
      <p className={css.state}>
        <StateMark source={s} />
      </p>
      {s.health.error ? (
        <p className={css.error} dir="auto">
          {s.health.error}
        </p>
      ) : null}
      {s.health.silence ? (
        <p className={css.silence} dir="auto">
          {s.health.silence}
        </p>
      ) : null}
      {s.health.problems.length > 0 ? (
        <details className={css.problems} open>
          <summary>{t("source.problems")}</summary>
          <ul>
            {s.health.problems.map((p) => (
              <li key={p} dir="auto">
                {p}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {s.may.manage ? (
        <div className={css.actions}>
          <Button variant="default" size="compact-md" loading={pause.isPending} onClick={() => pause.mutate()}>
            {t(s.paused ? "source.resume" : "source.pause")}
          </Button>
          <Button variant="default" size="compact-md" aria-expanded={editing} onClick={() => setEditing(!editing)}>
            {t("source.edit")}
          </Button>
          <Link to="/search" search={{ q: `source:${s.slug}` }} className={css.link}>
            {t("source.reports")}
          </Link>
        </div>
      ) : (
        <Link to="/search" search={{ q: `source:${s.slug}` }} className={css.link}>
          {t("source.reports")}
        </Link>
      )}
      {pause.isError ? <Trouble error={pause.error} /> : null}
      {editing ? <EditSource source={s} onDone={() => setEditing(false)} /> : null}
      {s.kind === "push" && s.may.manage ? <Keys source={s} /> : null}
      <Rhythm source={s} />
      <About source={s} />
    </div>
  );
}

/** When it was and will be asked, how often, and what that brings. */
function Rhythm({ source: s }: { source: Source }) {
  const { t } = useTranslation();
  const reading = useReading();
  const { health: h } = s;
  const unseen = t("source.unseen");
  const count = (n: number | null) => (n === null ? <Unknown reason={unseen} /> : <bdi>{number(n, reading)}</bdi>);
  return (
    <section>
      <h3>{t("source.rhythm")}</h3>
      <dl className={css.facts}>
        <Fact name={t("source.column.good")}>
          <Recorded at={h.good} full never={t("when.never")} />
        </Fact>
        <Fact name={t("source.tried")}>
          <Recorded at={h.tried} full never={t("when.never")} />
        </Fact>
        <Fact name={t("source.column.next")}>
          <Recorded at={s.paused ? null : h.next} full never={t(s.paused ? "state.paused" : "source.nonext")} />
        </Fact>
        <Fact name={t("source.every")}>
          {s.interval_s > 0 ? (
            <>
              <bdi>{spanText(s.interval_s, reading)}</bdi> <small>{t("source.every.fixed")}</small>
            </>
          ) : (
            <Span seconds={h.every_s} unknown={t("source.every.unknown")} />
          )}
        </Fact>
        <Fact name={t("source.lastitem")}>
          <Recorded at={h.last_item} full never={h.items === null ? unseen : t("when.never")} />
        </Fact>
        <Fact name={t("source.items")}>
          {count(h.items)}
          {h.usual === null ? null : <small>{t("source.usual", { n: number(h.usual, reading) })}</small>}
          {h.daily ? <Days daily={h.daily} /> : null}
        </Fact>
        <Fact name={t("source.waiting")}>{count(s.waiting)}</Fact>
        <Fact name={t("source.column.lag")}>
          <Span seconds={h.lag_s} unknown={h.items === null ? unseen : t("source.nolag")} />
        </Fact>
        <Fact name={t("source.fetches")}>
          {count(h.fetched)}
          {h.unchanged === null ? null : (
            <small>{t("source.fetches.unchanged", { n: number(h.unchanged, reading) })}</small>
          )}
        </Fact>
        <Fact name={t("source.column.bytes")}>
          {h.bytes === null ? <Unknown reason={unseen} /> : <bdi>{bytesText(h.bytes, reading)}</bdi>}
        </Fact>
      </dl>
    </section>
  );
}

function About({ source: s }: { source: Source }) {
  const { t } = useTranslation();
  const none = t("source.unsaid");
  const words = (text: string) => (text ? <bdi>{text}</bdi> : <Unknown reason={none} />);
  return (
    <section>
      <h3>{t("source.about")}</h3>
      <dl className={css.facts}>
        <Fact name={t("source.kind")}>{t(`source.kind.${s.kind}`, { defaultValue: s.kind })}</Fact>
        <Fact name={t("source.address")}>
          {s.address ? (
            <bdi dir="ltr" className={css.address}>
              {s.address}
            </bdi>
          ) : (
            <Unknown reason={t("source.noaddress")} />
          )}
        </Fact>
        <Fact name={t("source.member")}>
          <Code>{s.member}</Code>
        </Fact>
        <Fact name={t("source.owner")}>{words(s.owner)}</Fact>
        <Fact name={t("source.ownership")}>
          {s.ownership ? t(`ownership.${s.ownership}`) : <Unknown reason={none} />}
        </Fact>
        <Fact name={t("source.family")}>{words(s.family)}</Fact>
        <Fact name={t("source.language")}>
          {s.language ? <LanguageName tag={s.language} /> : <Unknown reason={none} />}
        </Fact>
        <Fact name={t("source.country")}>
          {s.country ? <CountryName code={s.country} /> : <Unknown reason={none} />}
        </Fact>
        <Fact name={t("marking.title")}>
          <PortionMark marking={s.marking} />
        </Fact>
        {Object.entries(s.options).map(([key, value]) => (
          <Fact key={key} name={t(`option.${key}`, { defaultValue: key })}>
            <bdi dir="ltr" className={css.address}>
              {value}
            </bdi>
          </Fact>
        ))}
      </dl>
    </section>
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
