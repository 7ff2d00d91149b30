import { useDirection } from "@mantine/core";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/types";
import { directionOf, type Language, languages } from "../i18n";
import type { Reading } from "../text/dates";

// What a reader chose on this machine; the person's own settings otherwise.
interface Choices {
  language: string;
  calendar: string;
  digits: string;
}
interface Preferences {
  reading: Reading;
  language: Language;
  choose(choice: Partial<Choices>): void;
}

const Context = createContext<Preferences | null>(null);
const keys = { language: "entente.language", calendar: "entente.calendar", digits: "entente.digits" } as const;

const read = (key: string): string => {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};
const write = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
};

const known = (tag: string | undefined): Language | undefined => languages.find((l) => l === tag?.split("-")[0]);

export function PreferencesProvider({ session, children }: { session: Session | null; children: ReactNode }) {
  const [choices, setChoices] = useState<Choices>(() => ({
    language: read(keys.language),
    calendar: read(keys.calendar),
    digits: read(keys.digits),
  }));
  const person = session?.person;
  const member = session?.member;
  const language: Language =
    known(choices.language) ??
    known(person?.language || member?.language) ??
    known(navigator.languages.find((l) => known(l))) ??
    "en";
  const calendar = choices.calendar || person?.calendar || member?.calendar || "gregory";
  const zone = person?.time_zone || member?.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const native = language === "ar" ? "arab" : language === "fa" ? "arabext" : "latn";
  const digits = choices.digits === "native" ? native : "latn";

  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  useEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language;
    setDirection(directionOf(language));
  }, [language, i18n, setDirection]);

  const value = useMemo<Preferences>(
    () => ({
      reading: { language, calendar, zone, digits },
      language,
      choose(choice) {
        setChoices((before) => ({ ...before, ...choice }));
        for (const [key, v] of Object.entries(choice)) write(keys[key as keyof Choices], v);
      },
    }),
    [language, calendar, zone, digits],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const value = useContext(Context);
  if (value === null) throw new Error("usePreferences outside of PreferencesProvider");
  return value;
}
export const useReading = () => usePreferences().reading;
