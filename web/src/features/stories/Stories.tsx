import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useBanner } from "../../app/Banner";
import parts from "../../parts/parts.module.css";
import { QueryTrouble } from "../../parts/States";
import { StoryList } from "../situation/StoryList";
import { useLiveStories } from "../situation/useLiveStories";
import css from "./stories.module.css";

export function Stories() {
  const { t } = useTranslation();
  const { q, from, until } = useSearch({ from: "__root__" });
  const filter = { q, from, until };
  const live = useLiveStories(filter);
  useBanner(live.stories.map((s) => s.marking));
  return (
    <div className={parts.page}>
      <h1>{t("nav.stories")}</h1>
      <p className={css.lead}>{t("stories.lead")}</p>
      {live.error ? <QueryTrouble error={live.error} q={q ?? ""} /> : null}
      <div className={css.list}>
        <StoryList live={live} filter={filter} />
      </div>
    </div>
  );
}
