import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { FoundSource, IntakeKeys, Source } from "../../api/types";
import { Trouble } from "../../parts/States";
import css from "./Add.module.css";
import { FoundCard, Preview } from "./FoundCard";
import { given, kinds, needsOf, ownershipOf } from "./fields";
import { MarkingField } from "./MarkingField";
import panel from "./Panel.module.css";
import { Secrets } from "./Secrets";
import { type Whose, WhoseFields } from "./Whose";

interface Props {
  found: FoundSource;
  /** The kind is chosen here: nothing was found at the address. */
  byHand: boolean;
  member: string;
  onBack: () => void;
  onSaved: (source: Source, keys?: IntakeKeys) => void;
}

/** What was proposed, to be corrected; what only a person knows; then it is saved. */
export function SaveSource({ found, byHand, member, onBack, onSaved }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState(found.kind);
  const [whose, setWhose] = useState<Whose>(found);
  const [marking, setMarking] = useState("");
  const [options, setOptions] = useState<Record<string, string>>(found.options as Record<string, string>);
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const needs = needsOf(kind);
  const push = kind === "push";
  const test = useMutation({
    mutationFn: () =>
      answer(api.POST("/sources/test", { body: { kind, address: found.address, options: given(options) } })),
  });
  const add = useMutation({
    mutationFn: async () => {
      const source = await answer(
        api.POST("/sources", {
          body: {
            kind,
            address: found.address,
            ...{ name: whose.name, owner: whose.owner, family: whose.family, language: whose.language },
            ...{ country: whose.country, ownership: ownershipOf(whose.ownership) },
            marking: marking.trim() || undefined,
            options: given(options),
            secrets: given(secrets),
          },
        }),
      );
      if (!push) return { source };
      const keys = await answer(api.POST("/sources/{id}/keys", { params: { path: { id: source.id } } }));
      return { source, keys };
    },
    onSuccess: ({ source, keys }) => {
      void client.invalidateQueries({ queryKey: ["sources"] });
      onSaved(source, keys);
    },
  });
  return (
    <div className={css.chosen}>
      <div>
        {push ? (
          <p className={css.note}>{t("source.push.text")}</p>
        ) : test.data ? (
          <section aria-label={t("source.tried.title")} className={css.card} data-tried>
            <h2>{t("source.tried.title")}</h2>
            <Preview items={test.data.items ?? []} problems={test.data.problems ?? []} />
          </section>
        ) : (
          <FoundCard found={{ ...found, kind }} />
        )}
      </div>
      <form
        className={panel.form}
        data-form="save"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        {byHand ? (
          <NativeSelect
            label={t("source.kind")}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            data={kinds.filter((k) => k !== "push").map((k) => ({ value: k, label: t(`source.kind.${k}`) }))}
          />
        ) : null}
        <WhoseFields value={whose} onChange={setWhose} />
        <MarkingField member={member} value={marking} onChange={setMarking} />
        {needs.options.length > 0 ? (
          <details className={panel.problems} open={kind !== "page" || found.items.length === 0}>
            <summary>{t("options.title")}</summary>
            <div className={panel.keys}>
              {kind === "page" ? <p className={panel.note}>{t("options.page")}</p> : null}
              {needs.options.map((name) => (
                <TextInput
                  key={name}
                  label={t(`option.${name}`)}
                  name={`option.${name}`}
                  dir="ltr"
                  spellCheck={false}
                  value={options[name] ?? ""}
                  onChange={(event) => setOptions({ ...options, [name]: event.currentTarget.value })}
                />
              ))}
              {kind === "page" ? (
                <div>
                  <Button variant="default" size="compact-md" loading={test.isPending} onClick={() => test.mutate()}>
                    {t("source.try")}
                  </Button>
                </div>
              ) : null}
              {test.isError ? <Trouble error={test.error} /> : null}
            </div>
          </details>
        ) : null}
        <Secrets names={needs.secrets} value={secrets} onChange={setSecrets} />
        {add.isError ? <Trouble error={add.error} /> : null}
        <div className={panel.actions}>
          <Button type="submit" loading={add.isPending}>
            {t("source.save")}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t("back")}
          </Button>
        </div>
      </form>
    </div>
  );
}
