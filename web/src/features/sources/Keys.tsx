import { Button, CopyButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { IntakeKeys, Source } from "../../api/types";
import { Trouble } from "../../parts/States";
import css from "./Panel.module.css";

/** What a partner needs to send to us. It is shown once; new keys end the old ones. */
export function Keys({ source, made }: { source: Pick<Source, "id">; made?: IntakeKeys }) {
  const { t } = useTranslation();
  const make = useMutation({
    mutationFn: () => answer(api.POST("/sources/{id}/keys", { params: { path: { id: source.id } } })),
  });
  const keys = make.data ?? made;
  const here = (path: string) => new URL(path, window.location.origin).href;
  return (
    <section className={css.keys} data-keys>
      {made ? null : <h3>{t("keys.title")}</h3>}
      {keys ? (
        <>
          <p role="status">{t("keys.once")}</p>
          <Key name={t("keys.intake")} value={here(keys.intake)} />
          <Key name={t("keys.token")} value={keys.token} />
          <Key name={t("keys.curl")} value={curl(here(keys.intake), keys.token)} />
          <Key name={t("keys.webhook")} value={here(keys.webhook)} />
          <Key name={t("keys.webhookkey")} value={keys.webhook_key} />
        </>
      ) : (
        <p className={css.note}>{t("keys.text")}</p>
      )}
      {make.isError ? <Trouble error={make.error} /> : null}
      <div>
        <Button variant="default" size="compact-md" loading={make.isPending} onClick={() => make.mutate()}>
          {t(keys ? "keys.again" : "keys.make")}
        </Button>
      </div>
    </section>
  );
}

const curl = (address: string, token: string) =>
  `curl -H 'Authorization: Bearer ${token}' --data-binary @report.json '${address}'`;

function Key({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.key}>
      <span>{name}</span>
      <code dir="ltr">{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {t(copied ? "copied" : "copy")}
            <span className="sr-only"> {name}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
