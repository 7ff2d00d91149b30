import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { claim as claimOf, claimStatements } from "../../api/queries";
import type { ClaimDetail, ClaimStatement, Root } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { useReading } from "../../app/preferences";
import { Because } from "../../parts/FindingReasons";
import { PortionMark } from "../../parts/Marks";
import parts from "../../parts/parts.module.css";
import { Reasons } from "../../parts/Reasons";
import { StanceMark } from "../../parts/Stance";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Title } from "../../parts/Title";
import { When } from "../../parts/When";
import { CountryName, Machine, Own, PlaceName } from "../../parts/Words";
import { number } from "../../text/dates";
import { span } from "../report/NameCard";
import { ChainGraph } from "./ChainGraph";
import css from "./Claim.module.css";
import { ClaimGrade } from "./ClaimGrade";
import { RootCount, Status } from "./Claims";
import { Correct } from "./Correct";
import { Edits } from "./Edits";
import { Support } from "./Support";

export const refKey = (s: ClaimStatement) => `${s.ref.report}/${s.ref.version}/${s.ref.no}`;

export function Claim() {
  const { id } = useParams({ from: "/claims/$id" });
  const claim = useQuery(claimOf(id));
  const list = useInfiniteQuery(claimStatements(id));
  const statements = list.data?.pages.flatMap((p) => p.statements) ?? [];
  useBanner([
    ...(claim.data ? [claim.data.marking, ...claim.data.related.map((r) => r.claim.marking)] : []),
    ...statements.map((s) => s.marking),
  ]);
  if (claim.isPending) return <ListSkeleton />;
  if (claim.isError) {
    return (
      <div className={parts.page}>
        <Trouble error={claim.error} retry={() => void claim.refetch()} />
      </div>
    );
  }
  return (
    <Shown
      key={id}
      claim={claim.data}
      statements={statements}
      more={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      moreComing={list.isFetchingNextPage}
    />
  );
}

interface Props {
  claim: ClaimDetail;
  statements: ClaimStatement[];
  more?: () => void;
  moreComing: boolean;
}

function Shown({ claim: c, statements, more, moreComing }: Props) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (key: string) => {
    const next = new Set(picked);
    if (!next.delete(key)) next.add(key);
    setPicked(next);
  };
  return (
    <article className={parts.page} data-claim-page={c.id}>
      <p className={css.kicker}>
        {t("claim.kicker")} <Machine />
      </p>
      <h1 className={css.proposition}>
        <Own text={c.proposition} language={c.language} />
      </h1>
      <p className={css.line}>
        <Status status={c.status} />
        <RootCount claim={c} />
        {c.taken_back ? <em className={css.takenback}>{t("claim.takenback")}</em> : null}
        <PortionMark marking={c.marking} />
      </p>
      {c.confirmed_by.length > 0 ? (
        <p className={css.confirmed}>
          <StanceMark stance="CONFIRM" /> {t("claim.confirmedby")}{" "}
          {c.confirmed_by.map((name, i) => (
            <span key={name}>
              {i > 0 ? t("list.and") : ""}
              <bdi>{name}</bdi>
            </span>
          ))}
          . <small>{t("claim.confirmed.note")}</small>
        </p>
      ) : null}
      <div className={css.columns}>
        <div>
          <section>
            <h2>{t("claim.chain")}</h2>
            <ChainGraph statements={statements} />
          </section>
          <section aria-label={t("claim.timeline")}>
            <h2>{t("claim.timeline")}</h2>
            <ol className={css.timeline}>
              {[...statements]
                .sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
                .map((s) => (
                  <Said
                    key={refKey(s)}
                    statement={s}
                    picked={picked.has(refKey(s))}
                    onPick={c.may.correct ? pick : null}
                  />
                ))}
            </ol>
            {more ? (
              <Button variant="default" onClick={more} loading={moreComing}>
                {t("more")}
              </Button>
            ) : null}
          </section>
        </div>
        <aside className={css.aside}>
          <Roots roots={c.roots} />
          <ClaimGrade claim={c} />
          <Related claim={c} />
          <Support claim={c} />
          {c.may.correct ? (
            <Correct
              claim={c}
              picked={statements.filter((s) => picked.has(refKey(s)))}
              onDone={() => setPicked(new Set())}
            />
          ) : null}
          <Edits claim={c} />
          <p className={css.export}>
            {t("claim.export")}{" "}
            <a href={`/api/v1/claims/${c.id}/export?format=claimreview`} download>
              ClaimReview
            </a>
            {t("list.and")}
            <a href={`/api/v1/claims/${c.id}/export?format=stix`} download>
              STIX 2.1
            </a>
          </p>
        </aside>
      </div>
    </article>
  );
}

const timeOf = (s: ClaimStatement) => s.said_at?.from ?? s.carrier.published?.time ?? s.carrier.received;

/** One statement on the line of time; its words are one click from the text. */
function Said({
  statement: s,
  picked,
  onPick,
}: {
  statement: ClaimStatement;
  picked: boolean;
  onPick: ((key: string) => void) | null;
}) {
  const { t } = useTranslation();
  const reading = useReading();
  const words = s.content.map((w) => w.text).join(" … ");
  return (
    <li className={css.said} data-said data-side={s.side}>
      <div className={css.when}>
        {s.said_at ? <bdi>{span(s.said_at, reading)}</bdi> : <When moment={s.carrier.published} />}
        {s.said_place ? (
          <small>
            <PlaceName place={s.said_place} />
          </small>
        ) : null}
      </div>
      <div>
        <p className={css.who}>
          {onPick ? (
            <input
              type="checkbox"
              checked={picked}
              aria-label={t("claim.pick", { name: s.speaker.name })}
              onChange={() => onPick(refKey(s))}
            />
          ) : null}
          <StanceMark stance={s.stance} word />
          <bdi>{s.speaker.name || s.speaker.text}</bdi>
          {s.negated ? <em>{t("statement.negated")}</em> : null}
          <small>
            {s.speaker.role ? (
              <>
                <Title role={s.speaker.role} />
                {" · "}
              </>
            ) : null}
            {t(`agent.${s.speaker.kind}`)}
            {s.speaker.country ? (
              <>
                {" · "}
                <CountryName code={s.speaker.country} />
              </>
            ) : null}
          </small>
        </p>
        <p className={css.words}>
          <Link
            to="/reports/$id"
            params={{ id: s.ref.report }}
            search={{ version: undefined }}
            hash={`said-${s.ref.no}`}
          >
            <Own text={words || s.cue.text} language={s.language} />
          </Link>
        </p>
        <p className={css.carrier}>
          <bdi>{s.carrier.name || s.carrier.title}</bdi>
          {s.carrier.family && s.carrier.family !== s.carrier.name ? <bdi>({s.carrier.family})</bdi> : null}
          {s.carrier.withdrawn ? <em>{t("claim.withdrawn")}</em> : null}
          {s.link.by ? (
            <span>
              {t("claim.placedby")} <bdi>{s.link.by}</bdi>
            </span>
          ) : (
            <span>
              {s.link.score > 0 && s.link.score < 1
                ? number(s.link.score, reading, { style: "percent", maximumFractionDigits: 0 })
                : null}
              <Because found={s.link} />
            </span>
          )}
          <PortionMark marking={s.marking} />
        </p>
      </div>
    </li>
  );
}

/** Who stands behind the statements, for and against, and why they are told apart or taken together. */
function Roots({ roots }: { roots: Root[] }) {
  const { t } = useTranslation();
  const sides = [
    { side: 1, title: t("claim.roots.for") },
    { side: -1, title: t("claim.roots.against") },
  ];
  return (
    <section className={css.box} data-roots>
      <h2>{t("claim.roots")}</h2>
      {sides.map(({ side, title }) => {
        const own = roots.filter((r) => r.side === side);
        if (own.length === 0) return null;
        return (
          <div key={side}>
            <h3>{title}</h3>
            <ol className={css.roots}>
              {own.map((r) => (
                <li key={`${r.kind} ${r.name} ${r.statements[0]?.report ?? ""}`} data-state={r.state}>
                  <details>
                    <summary>
                      <bdi>{r.unknown ? t("claim.root.unknown") : r.name}</bdi>
                      <small>
                        {[
                          r.independent ? t("claim.root.independent") : "",
                          r.party ? t("claim.root.party") : "",
                          r.state === "stands" ? "" : t(`root.state.${r.state}`),
                        ]
                          .filter(Boolean)
                          .join(" · ")}
                      </small>
                    </summary>
                    <Reasons reasons={r.why} />
                  </details>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}

function Related({ claim: c }: { claim: ClaimDetail }) {
  const { t } = useTranslation();
  if (c.related.length === 0) return null;
  return (
    <section className={css.box} data-related>
      <h2>{t("claim.related")}</h2>
      <ul className={css.related}>
        {c.related.map((r) => (
          <li key={r.claim.id}>
            <Link to="/claims/$id" params={{ id: r.claim.id }} search={{}}>
              <Own text={r.claim.proposition} language={r.claim.language} />
            </Link>
            <p>
              <Status status={r.claim.status} /> {r.tension ? <em>{t("claim.tension")}</em> : null}
            </p>
            <Because found={r} />
          </li>
        ))}
      </ul>
    </section>
  );
}
