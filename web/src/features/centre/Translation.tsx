import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { translation as translationOf } from "../../api/queries";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import css from "./Centre.module.css";

const levels = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"] as const;

/** Which machine translates for the centre, and which member lets it have its texts, up to which level. */
export function Translation({
  name,
  member,
  administrator,
}: {
  name: (code: string) => string;
  member: string;
  administrator: boolean;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const state = useQuery(translationOf);
  const [level, setLevel] = useState<(typeof levels)[number]>("UNCLASSIFIED");
  const [reason, setReason] = useState("");
  const provider = state.data?.provider ?? "";
  const again = () => client.invalidateQueries({ queryKey: translationOf.queryKey });
  const consent = useMutation({
    mutationFn: () => answer(api.PUT("/translation/consent", { body: { provider, level, reason } })),
    onSuccess: () => {
      setReason("");
      void again();
    },
  });
  const withdraw = useMutation({
    mutationFn: (of: string) => answer(api.DELETE("/translation/consent", { params: { query: { provider: of } } })),
    onSuccess: again,
  });
  if (!state.data) return null;
  const { consents, local, model } = state.data;
  return (
    <section className={css.section} data-translation>
      <h2>{t("translation.title")}</h2>
      {provider ? (
        <p>
          <bdi>{[provider, model].filter(Boolean).join(", ")}</bdi>
          {" · "}
          {local ? t("translation.local") : t("translation.remote")}
        </p>
      ) : (
        <p className={css.note}>{t("translation.off")}</p>
      )}
      <ul className={css.people}>
        {consents.map((c) => (
          <li key={`${c.member} ${c.provider}`} data-consent={c.member}>
            <div>
              <strong>{name(c.member)}</strong> {t("translation.upto")} <Code>{c.level}</Code>
              <small>
                <bdi>{c.provider}</bdi> · <bdi>{c.by}</bdi> · <Recorded at={c.at} never="" />
                <br />
                <span dir="auto">{c.reason}</span>
              </small>
            </div>
            {administrator && c.member === member ? (
              <Button
                size="compact-sm"
                variant="default"
                loading={withdraw.isPending}
                onClick={() => withdraw.mutate(c.provider)}
              >
                {t("translation.withdraw")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {provider && consents.length === 0 ? <p className={css.note}>{t("translation.nobody")}</p> : null}
      {withdraw.isError ? <Trouble error={withdraw.error} /> : null}
      {provider && administrator ? (
        <form
          className={css.consent}
          data-form="consent"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            consent.mutate();
          }}
        >
          <NativeSelect
            label={t("translation.level")}
            data={[...levels]}
            value={level}
            onChange={(e) => setLevel(e.currentTarget.value as (typeof levels)[number])}
          />
          <TextInput
            label={t("translation.reason")}
            value={reason}
            required
            dir="auto"
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <Button type="submit" loading={consent.isPending}>
            {t("translation.consent", { member: name(member) })}
          </Button>
          {consent.isError ? <Trouble error={consent.error} /> : null}
        </form>
      ) : null}
      <p className={css.note}>{t("translation.rule")}</p>
    </section>
  );
}
