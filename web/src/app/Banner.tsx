import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { tlpColours } from "../parts/Marks";
import { joinMarkings, printMarking } from "../text/marking";
import css from "./Frame.module.css";

const Shown = createContext<readonly string[]>([]);
const Show = createContext<(markings: readonly string[]) => void>(() => {});

export function BannerProvider({ children }: { children: ReactNode }) {
  const [markings, setMarkings] = useState<readonly string[]>([]);
  return (
    <Show value={setMarkings}>
      <Shown value={markings}>{children}</Shown>
    </Show>
  );
}

/** Tells the banner what is shown on the page now. */
export function useBanner(markings: readonly string[]): void {
  const show = useContext(Show);
  const key = [...new Set(markings)].sort().join("\n");
  useEffect(() => {
    show(key === "" ? [] : key.split("\n"));
    return () => show([]);
  }, [key, show]);
}

/** The highest marking of what is shown, above and below the content. */
export function Banner({ place }: { place: "above" | "below" }) {
  const { t } = useTranslation();
  const markings = useContext(Shown);
  const joined = useMemo(() => joinMarkings(markings), [markings]);
  const text = joined ? printMarking({ ...joined, tlp: "" }) : "";
  return (
    <section
      className={css.banner}
      data-banner={place}
      aria-label={t(place === "above" ? "banner.above" : "banner.below")}
    >
      {joined ? (
        <bdi dir="ltr">
          <span>{text}</span>
          {joined.tlp ? (
            <>
              <span className={css.bannerSlashes}>{"//"}</span>
              <span style={{ color: tlpColours[joined.tlp] }}>{joined.tlp}</span>
            </>
          ) : null}
        </bdi>
      ) : (
        <span className={css.bannerNone}>{t(markings.length === 0 ? "banner.none" : "banner.unreadable")}</span>
      )}
    </section>
  );
}
