import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { ClaimDetail } from "../../api/types";
import { GradeMark } from "../../parts/Marks";
import { Reasons } from "../../parts/Reasons";
import { Recorded } from "../../parts/When";
import { Code, Machine } from "../../parts/Words";
import { GradeFields } from "../report/Grades";
import css from "./Claim.module.css";

/** What the rules propose and from what, and beside it what people have decided. */
export function ClaimGrade({ claim: c }: { claim: ClaimDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <section className={css.box} data-claim-grade>
      <h2>{t("claim.grade")}</h2>
      <p className={css.suggested}>
        <GradeMark grade={c.suggested.grade} /> <Machine /> {t("claim.rule", { n: c.suggested.rule })}
      </p>
      <Reasons reasons={c.suggested.why} className={css.reasons} />
      {c.review ? (
        <p className={css.review} role="note">
          {t("claim.review")}
        </p>
      ) : null}
      {c.gradings.length > 0 ? (
        <ol className={css.history}>
          {c.gradings.map((g) => (
            <li key={g.id}>
              <GradeMark grade={g.grade} /> <bdi>{g.by}</bdi> <Code>{g.member}</Code>{" "}
              <small>
                <Recorded at={g.at} never="" />
              </small>
              {g.reason ? <p dir="auto">{g.reason}</p> : null}
            </li>
          ))}
        </ol>
      ) : null}
      {c.may.grade ? (
        <details>
          <summary>{t("claim.grade.own")}</summary>
          <GradeFields
            give={(grade, reason) =>
              answer(api.POST("/claims/{id}/grades", { params: { path: { id: c.id } }, body: { grade, reason } }))
            }
            onGiven={() => void client.invalidateQueries({ queryKey: ["claims"] })}
          />
        </details>
      ) : null}
    </section>
  );
}
