import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { Source } from "../../api/types";
import { Trouble } from "../../parts/States";
import { given, needsOf, ownershipOf } from "./fields";
import { MarkingField } from "./MarkingField";
import css from "./Panel.module.css";
import { Secrets } from "./Secrets";
import { type Whose, WhoseFields } from "./Whose";

/** Changes what a member says of its own source. Secrets are set anew or left as they are; none is shown. */
export function EditSource({ source: s, onDone }: { source: Source; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [whose, setWhose] = useState<Whose>(s);
  const [marking, setMarking] = useState(s.marking === "UNMARKED" ? "" : s.marking);
  const [minutes, setMinutes] = useState(s.interval_s > 0 ? String(s.interval_s / 60) : "");
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/sources/{id}", {
          params: { path: { id: s.id } },
          body: {
            ...{ name: whose.name, owner: whose.owner, family: whose.family },
            ...{ ownership: ownershipOf(whose.ownership), language: whose.language, country: whose.country },
            marking: marking.trim() !== "" && marking !== s.marking ? marking : undefined,
            interval_s: Math.round(Number(minutes || 0) * 60) === s.interval_s ? undefined : Number(minutes || 0) * 60,
            secrets: given(secrets),
          },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sources"] });
      onDone();
    },
  });
  return (
    <form
      className={css.form}
      data-form="source"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <WhoseFields value={whose} onChange={setWhose} />
      <MarkingField
        member={s.member}
        value={marking}
        onChange={setMarking}
        description={t("source.marking.change", { member: s.member })}
      />
      <TextInput
        label={t("source.interval")}
        description={t("source.interval.why")}
        type="number"
        min={0}
        step="any"
        dir="ltr"
        value={minutes}
        onChange={(event) => setMinutes(event.currentTarget.value)}
      />
      <Secrets names={needsOf(s.kind).secrets} value={secrets} onChange={setSecrets} kept />
      {save.isError ? <Trouble error={save.error} /> : null}
      <div className={css.actions}>
        <Button type="submit" loading={save.isPending}>
          {t("source.save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
