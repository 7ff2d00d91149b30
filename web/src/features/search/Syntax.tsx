import { Button, Popover } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Code } from "../../parts/Words";
import css from "./Search.module.css";

const forms = [
  ['"coordination cell"', "syntax.phrase"],
  ["baghdad latakia", "syntax.and"],
  ["peskov OR kremlin", "syntax.or"],
  ["-trade", "syntax.not"],
  ["coord*", "syntax.prefix"],
  ["lang:ru", "syntax.lang"],
  ["source:tigris-wire", "syntax.source"],
  ["member:IRQ", "syntax.member"],
  ["place:baghdad", "syntax.place"],
  ["person:peskov", "syntax.person"],
  ["org:daesh", "syntax.org"],
  ["near:33.3,44.4,50km", "syntax.near"],
  ["after:2015-09-20", "syntax.after"],
  ["before:2015-10-01", "syntax.before"],
  ["grade:B2..C3", "syntax.grade"],
] as const;

/** The search language in one look. */
export function Syntax() {
  const { t } = useTranslation();
  return (
    <Popover width={440} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconHelpCircle size={16} aria-hidden />}>
          {t("syntax.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("syntax.title")} tabIndex={0}>
        <dl className={css.syntax}>
          {forms.map(([form, key]) => (
            <div key={key}>
              <dt>
                <Code>{form}</Code>
              </dt>
              <dd>{t(key)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
