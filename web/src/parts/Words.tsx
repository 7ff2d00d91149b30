import { useTranslation } from "react-i18next";
import type { Place } from "../api/types";
import { usePreferences } from "../app/preferences";
import { textDirection } from "../i18n";
import { countryName, languageName } from "../text/countries";
import { marked } from "../text/spans";
import css from "./parts.module.css";

/** A text in its own language and direction. */
export function Own({ text, language }: { text: string; language: string }) {
  return (
    <span lang={language === "und" ? undefined : language} dir={textDirection(language)}>
      {text}
    </span>
  );
}

/** A text in its own language with the hits of a search. */
export function Hits({ text, language, hits }: { text: string; language: string; hits: readonly number[][] }) {
  let at = 0;
  return (
    <span lang={language === "und" ? undefined : language} dir={textDirection(language)}>
      {marked(text, hits).map((piece) => {
        const key = at;
        at += piece.text.length;
        return piece.hit ? <mark key={key}>{piece.text}</mark> : piece.text;
      })}
    </span>
  );
}

/** A code, number, address or coordinate: left to right in every screen. */
export function Code({ children }: { children: string | number }) {
  return (
    <bdi dir="ltr" className="code">
      {children}
    </bdi>
  );
}

/** What is not known: a dash with its reason. */
export function Unknown({ reason }: { reason: string }) {
  return (
    <span className={css.unknown} title={reason}>
      <span aria-hidden>–</span>
      <span className="sr-only">{reason}</span>
    </span>
  );
}

/** A place in the reader's language. A country has one name on the whole screen, the map's labels included. */
export const placeName = (place: Place, language: string) =>
  place.class === "country" && place.country
    ? countryName(place.country, language)
    : place.names[language] || place.name;

export function PlaceName({ place }: { place: Place }) {
  const { language } = usePreferences();
  return <bdi>{placeName(place, language)}</bdi>;
}
export function CountryName({ code }: { code: string }) {
  const { language } = usePreferences();
  return <bdi>{countryName(code, language)}</bdi>;
}
export function LanguageName({ tag }: { tag: string }) {
  const { language } = usePreferences();
  const { t } = useTranslation();
  return <bdi>{tag === "und" || tag === "" ? t("language.unknown") : languageName(tag, language)}</bdi>;
}

/** The mark of what a machine proposed and no person has confirmed. */
export function Machine() {
  const { t } = useTranslation();
  return (
    <span className={css.machine} title={t("machine.why")}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeDasharray="2 1.4" strokeWidth="1.3" />
      </svg>
      {t("machine.mark")}
    </span>
  );
}
