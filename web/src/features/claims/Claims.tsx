import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { claims as claimsOf } from "../../api/queries";
import type { Claim } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { useReading } from "../../app/preferences";
import { GradeMark, PortionMark } from "../../parts/Marks";
import parts from "../../parts/parts.module.css";
import { StanceMark } from "../../parts/Stance";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { When } from "../../parts/When";
import { Machine, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Claims.module.css";

export const statuses = ["CONTESTED", "REFUTED", "RETRACTED", "UNVERIFIED", "CORROBORATED"] as const;

/** How a claim stands, in a word. */
export function Status({ status }: { status: string }) {
  const { t } = useTranslation();
  return (
    <strong className={css.status} data-status={status}>
      {t(`claim.status.${status}`)}
    </strong>
  );
}

/** All claims, that with the newest report first; contested ones are a click away. */
export function Claims() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { q, from, until, status } = useSearch({ from: "__root__" });
  const claims = useInfiniteQuery(claimsOf({ q, from, until }, status));
  const list = claims.data?.pages.flatMap((p) => p.claims) ?? [];
  useBanner(list.map((c) => c.marking));
  const choose = (value: string | undefined) =>
    void navigate({ to: ".", search: (before) => ({ ...before, status: value }) });
  return (
    <div className={parts.page}>
      <h1>{t("nav.claims")}</h1>
      <p className={css.lead}>{t("claims.lead")}</p>
      <fieldset className={css.filter}>
        <legend className="sr-only">{t("claims.filter")}</legend>
        {[undefined, ...statuses].map((value) => (
          <button
            key={value ?? ""}
            type="button"
            aria-pressed={status === value}
            data-choose-status={value ?? "all"}
            onClick={() => choose(value)}
          >
            {value ? t(`claim.status.${value}`) : t("claims.all")}
          </button>
        ))}
      </fieldset>
      {claims.isPending ? <ListSkeleton /> : null}
      {claims.isError ? <Trouble error={claims.error} retry={() => void claims.refetch()} /> : null}
      {claims.isSuccess && list.length === 0 ? (
        <Empty title={t("claims.empty.title")} text={t("claims.empty.text")} />
      ) : null}
      <ol className={css.list} data-stale={claims.isPlaceholderData}>
        {list.map((c) => (
          <ClaimItem key={c.id} claim={c} />
        ))}
      </ol>
      {claims.hasNextPage ? (
        <Button variant="default" onClick={() => void claims.fetchNextPage()} loading={claims.isFetchingNextPage}>
          {t("more")}
        </Button>
      ) : null}
    </div>
  );
}

function ClaimItem({ claim: c }: { claim: Claim }) {
  const { t } = useTranslation();
  return (
    <li className={css.item} data-item data-claim={c.id}>
      <h2>
        <Link to="/claims/$id" params={{ id: c.id }} search={{}}>
          <Own text={c.proposition} language={c.language} />
        </Link>
      </h2>
      <p className={css.line}>
        <Status status={c.status} />
        <RootCount claim={c} />
        <GradeMark grade={c.grade} />
        {c.given ? null : <Machine />}
        {c.taken_back ? <em className={css.takenback}>{t("claim.takenback")}</em> : null}
      </p>
      <ul className={css.speakers}>
        {c.speakers.slice(0, 5).map((s) => (
          <li key={s.key}>
            {s.stances.map((stance) => (
              <StanceMark key={stance} stance={stance} />
            ))}
            <bdi>{s.name}</bdi>
          </li>
        ))}
        {c.speakers.length > 5 ? <li>{t("claim.morespeakers", { count: c.speakers.length - 5 })}</li> : null}
      </ul>
      <p className={css.foot}>
        <PortionMark marking={c.marking} />
        <When moment={c.last} />
      </p>
    </li>
  );
}

/** Independent roots, and roots for and against. */
export function RootCount({ claim: c }: { claim: Claim }) {
  const { t } = useTranslation();
  const reading = useReading();
  const n = (count: number) => number(count, reading);
  return (
    <span className={css.roots}>
      <bdi title={t("claim.for.title")}>{t("claim.for", { count: c.for, n: n(c.for) })}</bdi>
      {c.against > 0 ? (
        <bdi title={t("claim.against.title")}>{t("claim.against", { count: c.against, n: n(c.against) })}</bdi>
      ) : null}
      <bdi title={t("claim.independent.title")}>
        {t("claim.independent", { count: c.independent, n: n(c.independent) })}
      </bdi>
    </span>
  );
}
