import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconKeyboard, IconLanguage, IconMoon, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languages, ownNames } from "../i18n";
import { keepQuestion, screens } from "./Frame";
import { usePreferences } from "./preferences";

/** Ctrl-K: go to a screen, change language or scheme, or search for what was typed. */
export function Palette({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { choose } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const [typed, setTyped] = useState("");
  const actions: SpotlightActionData[] = [
    ...screens.map(({ to, label, Icon }) => ({
      id: to,
      label: t(label),
      leftSection: <Icon size={18} stroke={1.6} aria-hidden />,
      onClick: () => void navigate({ to, search: keepQuestion }),
    })),
    ...languages.map((l) => ({
      id: l,
      label: ownNames[l],
      leftSection: <IconLanguage size={18} stroke={1.6} aria-hidden />,
      onClick: () => choose({ language: l }),
    })),
    {
      id: "scheme",
      label: t(scheme === "dark" ? "scheme.light" : "scheme.dark"),
      leftSection: <IconMoon size={18} stroke={1.6} aria-hidden />,
      onClick: () => setColorScheme(scheme === "dark" ? "light" : "dark"),
    },
    {
      id: "help",
      label: t("help.title"),
      leftSection: <IconKeyboard size={18} stroke={1.6} aria-hidden />,
      onClick: onHelp,
    },
  ];
  if (typed.trim() !== "") {
    actions.push({
      id: "search",
      label: t("palette.search", { q: typed }),
      keywords: [typed],
      leftSection: <IconSearch size={18} stroke={1.6} aria-hidden />,
      onClick: () => void navigate({ to: "/search", search: { q: typed.trim() } }),
    });
  }
  return (
    <Spotlight
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      nothingFound={t("palette.nothing")}
      searchProps={{ placeholder: t("palette.placeholder"), "aria-label": t("palette.placeholder"), dir: "auto" }}
    />
  );
}
