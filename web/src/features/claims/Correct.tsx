import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { ClaimDetail, ClaimStatement } from "../../api/types";
import { useReading } from "../../app/preferences";
import { Trouble } from "../../parts/States";
import { number } from "../../text/dates";
import css from "./Claim.module.css";

const kinds = ["split", "link", "merge", "related"] as const;
type Kind = (typeof kinds)[number];

/** A claim as people name it: its id, or the address of its page. */
const idIn = (text: string) =>
  text
    .trim()
    .replace(/[?#].*$/, "")
    .split("/")
    .at(-1) ?? "";

/** What the machine put together wrongly, a person puts right; why, is kept. */
export function Correct({
  claim: c,
  picked,
  onDone,
}: {
  claim: ClaimDetail;
  picked: ClaimStatement[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const reading = useReading();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>("split");
  const [other, setOther] = useState("");
  const [tension, setTension] = useState(false);
  const [reason, setReason] = useState("");
  const needsPicked = kind === "split" || kind === "link";
  const needsOther = kind !== "split";
  const refs = picked.map((s) => s.ref);
  const path = { params: { path: { id: c.id } } };
  const there = { params: { path: { id: idIn(other) } } };
  const correct = useMutation({
    mutationFn: () => {
      switch (kind) {
        case "split":
          return answer(api.POST("/claims/{id}/split", { ...path, body: { statements: refs, reason } }));
        case "link":
          return answer(api.POST("/claims/{id}/link", { ...there, body: { statements: refs, reason } }));
        case "merge":
          return answer(api.POST("/claims/{id}/merge", { ...path, body: { other: idIn(other), reason } }));
        case "related":
          return answer(api.POST("/claims/{id}/related", { ...path, body: { other: idIn(other), tension, reason } }));
      }
    },
    onSuccess: (claim) => {
      setReason("");
      setOther("");
      onDone();
      void client.invalidateQueries({ queryKey: ["claims"] });
      if (kind === "split" || kind === "link")
        void navigate({ to: "/claims/$id", params: { id: claim.id }, search: {} });
    },
  });
  return (
    <details className={`${css.box} ${css.correct}`} data-correct>
      <summary>{t("claim.correct")}</summary>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          correct.mutate();
        }}
      >
        <NativeSelect
          label={t("claim.correct.what")}
          data={kinds.map((value) => ({ value, label: t(`edit.do.${value}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        {needsPicked ? (
          <p className={css.note}>{t("claim.picked", { count: picked.length, n: number(picked.length, reading) })}</p>
        ) : null}
        {needsOther ? (
          <TextInput
            label={t("claim.other")}
            description={t("claim.other.hint")}
            value={other}
            dir="ltr"
            required
            onChange={(event) => setOther(event.currentTarget.value)}
          />
        ) : null}
        {kind === "related" ? (
          <Checkbox
            label={t("claim.tension.label")}
            checked={tension}
            onChange={(event) => setTension(event.currentTarget.checked)}
          />
        ) : null}
        <TextInput
          label={t("reason")}
          value={reason}
          dir="auto"
          required
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p className={css.note}>{t("claim.correct.all")}</p>
        {correct.isError ? <Trouble error={correct.error} /> : null}
        <Button type="submit" loading={correct.isPending} disabled={needsPicked && picked.length === 0}>
          {t("claim.correct.save")}
        </Button>
      </form>
    </details>
  );
}
