import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { ClaimDetail } from "../../api/types";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import css from "./Claim.module.css";

/** What people have corrected, and a way back: a correction holds for all members. */
export function Edits({ claim: c }: { claim: ClaimDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: (edit: string) =>
      answer(api.POST("/claims/{id}/undo", { params: { path: { id: c.id } }, body: { edit } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["claims"] }),
  });
  if (c.edits.length === 0) return null;
  return (
    <section className={css.box} data-edits>
      <h2>{t("claim.edits")}</h2>
      {undo.isError ? <Trouble error={undo.error} /> : null}
      <ol className={css.history}>
        {c.edits.map((e) => (
          <li key={e.id} data-edit={e.kind} data-undone={e.undone || undefined}>
            <strong>{t(`edit.kind.${e.kind}`)}</strong>{" "}
            <small>
              <bdi>{e.by}</bdi> <Code>{e.member}</Code> <Recorded at={e.at} never="" />
            </small>
            {e.closed ? <p className={css.note}>{t("claim.edit.closed")}</p> : null}
            {e.reason ? <p dir="auto">{e.reason}</p> : null}
            {e.undone ? <p className={css.note}>{t("claim.edit.undone")}</p> : null}
            {c.may.correct && !e.undone && e.kind !== "undo" && e.kind !== "token" ? (
              <Button
                size="compact-xs"
                variant="default"
                loading={undo.isPending && undo.variables === e.id}
                onClick={() => undo.mutate(e.id)}
              >
                {t("claim.edit.undo")}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
