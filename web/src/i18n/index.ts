import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import ar from "./ar.json";
import en from "./en.json";
import fa from "./fa.json";
import ru from "./ru.json";

export const languages = ["ar", "fa", "ru", "en"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, for the switch. */
export const ownNames: Record<Language, string> = { ar: "العربية", fa: "فارسی", ru: "Русский", en: "English" };

const rightToLeft = new Set(["ar", "fa", "ckb", "he", "ur", "ps", "sd", "ug", "yi", "dv", "syr"]);

/** The direction of a text in a language; "auto" where the language is not known. */
export const textDirection = (tag: string): "ltr" | "rtl" | "auto" => {
  const base = tag.split("-")[0] ?? "";
  if (base === "" || base === "und") return "auto";
  return rightToLeft.has(base) ? "rtl" : "ltr";
};
export const directionOf = (language: Language) => (rightToLeft.has(language) ? "rtl" : "ltr");

export async function startTranslation(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {
      ar: { translation: ar },
      fa: { translation: fa },
      ru: { translation: ru },
      en: { translation: en },
    },
    lng: document.documentElement.lang,
    fallbackLng: "en",
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React escapes
  });
}
