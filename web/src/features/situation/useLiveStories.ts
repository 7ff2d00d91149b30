import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { newestStories, stories as storiesOf } from "../../api/queries";
import type { components } from "../../api/schema";
import type { Filter, Id, Story } from "../../api/types";

type StoryPage = components["schemas"]["StoryList"];

const reportsIn = (stories: readonly Story[]) => new Map(stories.map((s) => [s.id, s.reports]));

/**
 * The list that is being read, and beside it what has arrived since. The list
 * changes only when its reader asks, or while there is nothing in it.
 */
export function useLiveStories(filter: Filter) {
  const client = useQueryClient();
  const options = storiesOf(filter);
  const list = useInfiniteQuery(options);
  const fresh = useQuery(newestStories(filter));
  const [marked, setMarked] = useState<ReadonlySet<Id>>(new Set());

  const stories = useMemo(() => list.data?.pages.flatMap((p) => p.stories) ?? [], [list.data]);
  const changed = useMemo(() => {
    const known = reportsIn(stories);
    const oldest = stories.at(-1)?.received ?? "";
    return (fresh.data?.stories ?? []).filter((s) => {
      const before = known.get(s.id);
      // Without the rest of the list, a story below its end is not news.
      return before === undefined ? list.hasNextPage === false || s.received > oldest : s.reports > before;
    });
  }, [fresh.data, stories, list.hasNextPage]);
  const arrived = useMemo(() => {
    const known = reportsIn(stories);
    return changed.reduce((sum, s) => sum + s.reports - (known.get(s.id) ?? 0), 0);
  }, [changed, stories]);

  const take = (mark: boolean) => {
    if (fresh.data === undefined) return;
    setMarked(new Set(mark ? changed.map((s) => s.id) : []));
    client.setQueryData<InfiniteData<StoryPage, string>>(options.queryKey, { pages: [fresh.data], pageParams: [""] });
  };
  const empty = list.isSuccess && !list.isPlaceholderData && stories.length === 0 && arrived > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when an empty list could be filled
  useEffect(() => {
    if (empty) take(false);
  }, [empty]);

  return {
    stories,
    marked,
    arrived: list.isPlaceholderData ? 0 : arrived,
    take: () => take(true),
    isPending: list.isPending,
    isStale: list.isPlaceholderData,
    error: list.error,
    retry: () => void list.refetch(),
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    moreComing: list.isFetchingNextPage,
  };
}
export type LiveStories = ReturnType<typeof useLiveStories>;
