import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { StoryEdit } from "../../api/types";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Machine } from "../../parts/Words";
import css from "./stories.module.css";

/** How the story came to be one: who merged, moved and split, why, and a way back. */
export function History({ story, edits, may }: { story: string; edits: StoryEdit[]; may: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: (edit: string) =>
      answer(api.POST("/stories/{id}/undo", { params: { path: { id: story } }, body: { edit } })),
    onSuccess: () => void client.invalidateQueries(),
  });
  if (edits.length === 0) return null;
  return (
    <section className={css.history} data-history>
      <h2>{t("story.history")}</h2>
      {undo.isError ? <Trouble error={undo.error} /> : null}
      <ul>
        {edits.map((e) => (
          <li key={e.id} data-undone={e.undone || undefined}>
            <p>
              {t(`story.done.${e.kind}`)}{" "}
              {e.kind === "merge" ? null : (
                <Link to="/stories/$id" params={{ id: e.into === story ? e.from : e.into }}>
                  {t("story.other.open")}
                </Link>
              )}
            </p>
            {e.reason ? <p dir="auto">{e.reason}</p> : null}
            <p className={css.by}>
              {e.by ? (
                <span>
                  <bdi>{e.by}</bdi>, <bdi>{e.member}</bdi>
                </span>
              ) : (
                <Machine />
              )}
              <Recorded at={e.at} never={t("when.never")} />
              {e.undone ? <span>{t("story.undone")}</span> : null}
              {may && !e.undone && e.kind !== "undo" ? (
                <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(e.id)}>
                  {t("story.undo")}
                </Button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
