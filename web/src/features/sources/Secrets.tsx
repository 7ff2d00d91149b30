import { PasswordInput, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./Panel.module.css";

interface Props {
  names: readonly string[];
  value: Record<string, string>;
  onChange: (value: Record<string, string>) => void;
  /** There may be some already: an empty field leaves them. */
  kept?: boolean;
}

/** What proves us to a source. It is sealed when saved, and never shown again. */
export function Secrets({ names, value, onChange, kept = false }: Props) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  const certificate = names.includes("certificate");
  return (
    <details className={css.problems}>
      <summary>{t("secret.title")}</summary>
      <div className={css.keys}>
        <p className={css.note}>{t(kept ? "secret.kept" : "secret.why")}</p>
        {names.map((name) => {
          const shared = {
            label: t(`secret.${name}`),
            value: value[name] ?? "",
            dir: "ltr" as const,
            autoComplete: "off",
            spellCheck: false,
            onChange: (event: { currentTarget: { value: string } }) =>
              onChange({ ...value, [name]: event.currentTarget.value }),
          };
          return certificate ? (
            <Textarea key={name} {...shared} minRows={3} autosize placeholder="-----BEGIN" />
          ) : (
            <PasswordInput
              key={name}
              {...shared}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ "aria-label": t("enter.show") }}
            />
          );
        })}
      </div>
    </details>
  );
}
