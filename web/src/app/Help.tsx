import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { screens } from "./Frame";
import css from "./Frame.module.css";

/** What can be pressed here. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rows: [string[], string][] = [
    [["/"], t("help.search")],
    [["j"], t("help.next")],
    [["k"], t("help.previous")],
    [["o"], t("help.open")],
    ...screens.map((s): [string[], string] => [["g", s.key], t("help.goto", { screen: t(s.label) })]),
    [["Ctrl", "K"], t("help.palette")],
    [["Esc"], t("help.close")],
    [["?"], t("help.help")],
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t("help.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <dl className={css.keys}>
        {rows.map(([keys, text]) => (
          <div key={keys.join(" ")} style={{ display: "contents" }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
