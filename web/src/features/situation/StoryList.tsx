import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Filter, Story } from "../../api/types";
import { keepQuestion } from "../../app/Frame";
import { usePreferences } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Empty, ListSkeleton } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Own, PlaceName } from "../../parts/Words";
import { languageName } from "../../text/countries";
import { number } from "../../text/dates";
import css from "./StoryList.module.css";
import type { LiveStories } from "./useLiveStories";

interface Props {
  live: LiveStories;
  filter: Filter;
  isHot?: (story: Story) => boolean;
  onHover?: (story: Story | null) => void;
}

/** Stories, newest arrival first. What arrives is offered by a button and moves nothing. */
export function StoryList({ live, filter, isHot, onHover }: Props) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const navigate = useNavigate();
  const top = useRef<HTMLDivElement>(null);
  const filtered = Boolean(filter.q || filter.from || filter.until || filter.bbox);
  if (live.isPending) return <ListSkeleton />;
  return (
    <div ref={top} className={css.list} data-stale={live.isStale}>
      <div className={css.live} aria-live="polite">
        {live.arrived > 0 ? (
          <Button
            size="compact-sm"
            radius="xl"
            leftSection={<IconArrowUp size={14} aria-hidden />}
            className={css.arrived}
            data-arrived={live.arrived}
            onClick={() => {
              live.take();
              top.current?.scrollIntoView({ block: "start" });
            }}
          >
            {t("arrived", { count: live.arrived, n: number(live.arrived, reading) })}
          </Button>
        ) : null}
      </div>
      {live.stories.length === 0 && !live.error ? (
        filtered ? (
          <Empty
            title={t("stories.nomatch.title")}
            text={t("stories.nomatch.text")}
            action={
              <Button variant="default" onClick={() => void navigate({ to: ".", search: {} })}>
                {t("filter.clear")}
              </Button>
            }
          />
        ) : (
          <Empty
            title={t("stories.empty.title")}
            text={t("stories.empty.text")}
            action={
              <Button component={Link} to="/sources">
                {t("nav.sources")}
              </Button>
            }
          />
        )
      ) : null}
      <ol>
        {live.stories.map((story) => (
          <StoryItem
            key={story.id}
            story={story}
            fresh={live.marked.has(story.id)}
            hot={isHot?.(story) ?? false}
            onHover={onHover}
          />
        ))}
      </ol>
      {live.more ? (
        <div className={css.more}>
          <Button variant="default" onClick={live.more} loading={live.moreComing}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ItemProps {
  story: Story;
  fresh: boolean;
  hot: boolean;
  onHover?: (story: Story | null) => void;
}

function StoryItem({ story, fresh, hot, onHover }: ItemProps) {
  const { t } = useTranslation();
  const { reading, language } = usePreferences();
  const families = story.families;
  const places = story.places;
  return (
    <li
      className={css.item}
      data-item
      data-hot={hot}
      onMouseEnter={() => onHover?.(story)}
      onMouseLeave={() => onHover?.(null)}
      onFocus={() => onHover?.(story)}
      onBlur={() => onHover?.(null)}
    >
      <h2 className={css.title}>
        <Link to="/stories/$id" params={{ id: story.id }} search={keepQuestion} className={css.link}>
          {fresh ? (
            <>
              <span className={css.fresh} aria-hidden />
              <span className="sr-only">{t("new")} </span>
            </>
          ) : null}
          <Own text={story.title} language={story.language} />
        </Link>
      </h2>
      <p className={css.snippet}>
        <Own text={story.snippet} language={story.language} />
      </p>
      <p className={css.meta}>
        <span>{t("reports", { count: story.reports, n: number(story.reports, reading) })}</span>
        {families.length > 0 ? (
          <span title={families.join(" · ")}>
            <bdi>
              {families.slice(0, 2).join(", ")}
              {families.length > 2 ? ` +${number(families.length - 2, reading)}` : ""}
            </bdi>
          </span>
        ) : null}
        <span title={story.languages.map((l) => languageName(l, language)).join(" · ")}>
          <bdi dir="ltr">{story.languages.join(" ")}</bdi>
        </span>
        {places.length > 0 ? (
          <span className={css.places}>
            {places.slice(0, 2).map((p, i) => (
              <span key={p.id}>
                {i > 0 ? t("list.and") : ""}
                <PlaceName place={p} />
              </span>
            ))}
          </span>
        ) : null}
      </p>
      <p className={css.foot}>
        <PortionMark marking={story.marking} />
        <span className={css.age}>
          <Recorded at={story.received} never={t("when.never")} />
        </span>
      </p>
    </li>
  );
}
