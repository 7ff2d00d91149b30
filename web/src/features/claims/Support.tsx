import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { claimSupport } from "../../api/queries";
import type { ClaimDetail, ReportStance } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { useReading } from "../../app/preferences";
import { Because } from "../../parts/FindingReasons";
import { PortionMark } from "../../parts/Marks";
import { StanceMark } from "../../parts/Stance";
import { Trouble } from "../../parts/States";
import { Machine, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Claim.module.css";

/** How many reports without a proposed statement are shown. */
const others = 5;

/**
 * Reports that make no statement of the claim: what of them may belong to it, to be
 * linked with one click, and how a machine thinks the others take it.
 */
export function Support({ claim: c }: { claim: ClaimDetail }) {
  const { t } = useTranslation();
  const { data } = useQuery(claimSupport(c.id));
  const proposed = data?.reports.filter((r) => r.proposed) ?? [];
  const rest = data?.reports.filter((r) => !r.proposed).slice(0, others) ?? [];
  useBanner([...proposed, ...rest].map((r) => r.report.marking));
  if (proposed.length + rest.length === 0) return null;
  return (
    <section className={css.box} data-support>
      <h2>
        {t("claim.support")} <Machine />
      </h2>
      {proposed.length > 0 ? (
        <>
          <p className={css.note}>{t("claim.support.proposed")}</p>
          <ul className={css.related}>
            {proposed.map((r) => (
              <Proposal key={r.report.id} claim={c} report={r} />
            ))}
          </ul>
        </>
      ) : null}
      {rest.length > 0 ? (
        <>
          <p className={css.note}>{t("claim.support.note")}</p>
          <ul className={css.related}>
            {rest.map((r) => (
              <li key={r.report.id}>
                <Link to="/reports/$id" params={{ id: r.report.id }} search={{}}>
                  <Own text={r.report.title} language={r.report.language} />
                </Link>
                <Takes report={r} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

/** A statement that may belong to the claim, its words one click from the text. */
function Proposal({ claim: c, report: r }: { claim: ClaimDetail; report: ReportStance }) {
  const { t } = useTranslation();
  const reading = useReading();
  const client = useQueryClient();
  const link = useMutation({
    mutationFn: (ref: NonNullable<ReportStance["proposed"]>["ref"]) =>
      answer(
        api.POST("/claims/{id}/link", {
          params: { path: { id: c.id } },
          body: { statements: [ref], reason: t("claim.support.reason") },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["claims"] }),
  });
  const p = r.proposed;
  if (!p) return null;
  const s = p.statement;
  return (
    <li data-proposed={r.report.id}>
      <Link to="/reports/$id" params={{ id: r.report.id }} search={{ version: undefined }} hash={`said-${p.ref.no}`}>
        <Own text={s.content.map((w) => w.text).join(" … ")} language={p.language} />
      </Link>
      <p className={css.proposed}>
        <StanceMark stance={s.stance} word /> <bdi>{s.speaker.name || s.speaker.text}</bdi>
        <PortionMark marking={r.report.marking} />
      </p>
      <small>
        {t("claim.support.near", { n: number(p.score, reading, { style: "percent", maximumFractionDigits: 0 }) })}
        <Because found={p} />
      </small>
      <Takes report={r} />
      {c.may.correct ? (
        <Button size="xs" variant="default" loading={link.isPending} onClick={() => link.mutate(p.ref)} data-link>
          {t("claim.support.link")}
        </Button>
      ) : null}
      {link.isError ? <Trouble error={link.error} /> : null}
    </li>
  );
}

/** How the whole report takes the claim, where a machine can tell. */
function Takes({ report: r }: { report: ReportStance }) {
  const { t } = useTranslation();
  const reading = useReading();
  if (r.stance === "" || r.stance === "unrelated") return null;
  return (
    <small>
      {t("claim.support.takes", {
        stance: t(`support.${r.stance}`),
        n: number(r.score, reading, { style: "percent", maximumFractionDigits: 0 }),
      })}
    </small>
  );
}
