import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { newestStories } from "../../api/queries";
import type { ReportHead, Story } from "../../api/types";
import { Trouble } from "../../parts/States";
import css from "./stories.module.css";

/** What a person asks for: a merge of the story, or a report out of it or elsewhere. */
export type Correction = { kind: "merge" } | { kind: "split" | "move"; report: ReportHead };

/** Asks why, and for the other story where there is one, and does it. */
export function Correct({ story, correction, onClose }: { story: Story; correction: Correction; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [other, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const { kind } = correction;
  const others = useQuery({ ...newestStories({}, 200), enabled: kind !== "split" });
  const correct = useMutation({
    mutationFn: () => {
      const path = { params: { path: { id: story.id } } };
      if (correction.kind === "merge")
        return answer(api.POST("/stories/{id}/merge", { ...path, body: { other: other ?? "", reason } }));
      const report = correction.report.id;
      return correction.kind === "split"
        ? answer(api.POST("/stories/{id}/split", { ...path, body: { report, reason } }))
        : answer(api.POST("/stories/{id}/move", { ...path, body: { report, into: other ?? "", reason } }));
    },
    onSuccess: (edit) => {
      void client.invalidateQueries();
      onClose();
      if (edit.kind === "merge" && edit.into !== story.id)
        void navigate({ to: "/stories/$id", params: { id: edit.into }, replace: true });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t(`story.do.${kind}`)} closeButtonProps={{ "aria-label": t("close") }}>
      <form
        className={css.correct}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          correct.mutate();
        }}
      >
        <p>{t(`story.do.${kind}.note`)}</p>
        {kind === "split" ? null : (
          <Select
            label={t("story.other")}
            placeholder={t("story.other.hint")}
            data={(others.data?.stories ?? [])
              .filter((s) => s.id !== story.id)
              .map((s) => ({ value: s.id, label: s.title }))}
            value={other}
            onChange={setOther}
            searchable
            required
          />
        )}
        <TextInput
          label={t("reason")}
          value={reason}
          dir="auto"
          required
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {correct.isError ? <Trouble error={correct.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={correct.isPending} disabled={kind !== "split" && !other}>
            {t("story.do.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
