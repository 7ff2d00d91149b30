import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { deadLetters } from "../../api/queries";
import type { Id, Source } from "../../api/types";
import { useReading } from "../../app/preferences";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./Sources.module.css";

/** Documents that processing could not finish: kept whole, and tried again when a person says so. */
export function DeadLetters({ sources }: { sources: Source[] }) {
  const { t } = useTranslation();
  const reading = useReading();
  const client = useQueryClient();
  const letters = useQuery(deadLetters);
  const retry = useMutation({
    mutationFn: (ids?: Id[]) => answer(api.POST("/dead-letters/retry", { body: { ids } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["dead-letters"] });
      void client.invalidateQueries({ queryKey: ["sources"] });
    },
  });
  const rows = letters.data?.dead_letters ?? [];
  if (letters.isError) return <Trouble error={letters.error} retry={() => void letters.refetch()} />;
  if (rows.length === 0 && retry.data === undefined) return null;
  const named = new Map(sources.map((s) => [s.id, s]));
  const manages = rows.some((l) => named.get(l.source)?.may.manage);
  return (
    <section className={css.letters} aria-label={t("letters.title")}>
      <div className={css.lettersHead}>
        <h2>{t("letters.title")}</h2>
        {manages && rows.length > 1 ? (
          <Button variant="default" size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t("letters.all")}
          </Button>
        ) : null}
      </div>
      <p>{t("letters.text")}</p>
      {retry.isError ? <Trouble error={retry.error} /> : null}
      {retry.data ? (
        <p role="status">
          {t("letters.retried", { count: retry.data.retried, n: number(retry.data.retried, reading) })}
        </p>
      ) : null}
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by the keyboard too
        <section className={css.scroll} tabIndex={0} aria-label={t("letters.title")}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t("letters.document")}</th>
                <th scope="col">{t("letters.step")}</th>
                <th scope="col">{t("letters.reason")}</th>
                <th scope="col">{t("letters.when")}</th>
                <th scope="col">
                  <span className="sr-only">{t("source.actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((l) => (
                <tr key={l.document}>
                  <th scope="row">
                    <bdi>{l.title || t("letters.untitled")}</bdi>
                    <small>
                      <bdi>{named.get(l.source)?.name}</bdi>
                    </small>
                  </th>
                  <td>
                    <Code>{l.step}</Code>
                    <small>{t("letters.attempts", { count: l.attempts, n: number(l.attempts, reading) })}</small>
                  </td>
                  <td>
                    <bdi>{l.reason}</bdi>
                  </td>
                  <td>
                    <Recorded at={l.at} never={t("when.never")} />
                  </td>
                  <td>
                    {named.get(l.source)?.may.manage ? (
                      <Button variant="default" size="compact-sm" onClick={() => retry.mutate([l.document])}>
                        {t("letters.retry")}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </section>
  );
}
