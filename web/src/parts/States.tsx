import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import css from "./parts.module.css";

/** What would be here, and the one button that brings it. */
export function Empty({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}

/** The sentence of a refusal, in the reader's language where the centre's code says enough. */
export function useSentence(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) return t("error.program");
    if (error.status === 0) return t("error.unreachable");
    const key = `error.code.${error.code}`;
    // The server's own sentence says most; it is in English.
    if (error.message && (i18n.language === "en" || error.code === "invalid" || error.code === "conflict"))
      return error.message;
    return i18n.exists(key) ? t(key) : error.message;
  };
}

/** An error beside what caused it. */
export function Trouble({ error, retry, label }: { error: unknown; retry?: () => void; label?: string }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <div className={css.trouble} role="alert">
      <span dir="auto">{sentence(error)}</span>
      {retry ? (
        <Button size="compact-sm" variant="default" onClick={retry}>
          {label ?? t("retry")}
        </Button>
      ) : null}
    </div>
  );
}

/** A mistake in a query, with a caret under the place. Positions count code points from 0. */
export function QueryTrouble({ error, q }: { error: unknown; q: string }) {
  const { t } = useTranslation();
  const at = error instanceof Problem ? error.position : null;
  if (!(error instanceof Problem) || at === null) return <Trouble error={error} />;
  const points = Array.from(q);
  const here = points[at] ?? " ";
  return (
    <div className={css.trouble} role="alert">
      <div>
        <span dir="auto">{error.message}</span>
        <code className={css.caretText} dir="auto">
          {points.slice(0, at).join("")}
          <span className={css.caretAt}>{here}</span>
          {points.slice(at + 1).join("")}
        </code>
        {error.expected && !error.message.includes(error.expected) ? (
          <span>
            {t("query.expected")} <bdi>{error.expected}</bdi>
          </span>
        ) : null}
      </div>
    </div>
  );
}

export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={css.skeleton} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, i) => i).map((i) => (
        <div key={i}>
          <Skeleton height={14} width={`${70 + ((i * 17) % 28)}%`} radius="sm" />
          <Skeleton height={10} mt={8} width={`${45 + ((i * 29) % 40)}%`} radius="sm" />
        </div>
      ))}
    </div>
  );
}
