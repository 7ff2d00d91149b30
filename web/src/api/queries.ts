import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, answerWithTag, api, Problem } from "./client";
import type { EventFilter, Filter, Id, Session } from "./types";

// Keys that begin with "live" are refreshed in place when something arrives;
// "reports" and "stories" are lists that are being read, and wait for their reader.
const forever = Number.POSITIVE_INFINITY;

export const publicCentre = queryOptions({
  queryKey: ["public"],
  queryFn: ({ signal }) => answer(api.GET("/centre/public", { signal })),
  staleTime: forever,
});

/** Who is signed in; null is nobody. */
export const session = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ client, signal }): Promise<Session | null> => {
    // The cookie cannot be read here. Asking first keeps a first visit free of refusals.
    const { signed_in } = await client.fetchQuery({ ...publicCentre, staleTime: 0 });
    if (!signed_in) return null;
    try {
      return await answer(api.GET("/session", { signal }));
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) return null;
      throw cause;
    }
  },
  staleTime: 5 * 60_000,
});

export const demoPersons = queryOptions({
  queryKey: ["demo", "persons"],
  queryFn: ({ signal }) => answer(api.GET("/demo/persons", { signal })),
});

export const centre = queryOptions({
  queryKey: ["centre"],
  queryFn: ({ signal }) => answer(api.GET("/centre", { signal })),
  staleTime: 60_000,
});
export const calendar = (from: string, until: string) =>
  queryOptions({
    queryKey: ["centre", "calendar", from, until],
    queryFn: ({ signal }) => answer(api.GET("/centre/calendar", { params: { query: { from, until } }, signal })),
  });
export const charter = queryOptions({
  queryKey: ["centre", "charter"],
  queryFn: ({ signal }) => answer(api.GET("/centre/charter", { signal })),
});

export const reports = (f: Filter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ["reports", "list", f, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET("/reports", { params: { query: { ...f, after: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
export const stories = (f: Filter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ["stories", "list", f, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET("/stories", { params: { query: { ...f, after: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
    staleTime: forever, // the list changes when its reader asks, never under the eyes
  });
/** The newest page as it is now, beside the list that is being read. */
export const newestStories = (f: Filter, limit = 50) =>
  queryOptions({
    queryKey: ["live", "stories", f, limit],
    queryFn: ({ signal }) => answer(api.GET("/stories", { params: { query: { ...f, limit } }, signal })),
  });
export const story = (id: Id) =>
  queryOptions({
    queryKey: ["stories", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/stories/{id}", { params: { path: { id } }, signal })),
  });
export const storyReports = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ["stories", "reports", id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/stories/{id}/reports", {
          params: { path: { id }, query: { after: pageParam || undefined, limit: 100 } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
/** How a story came to be one: corrections, echoes, whom its reports name. */
export const storyGrouping = (id: Id) =>
  queryOptions({
    queryKey: ["stories", "grouping", id],
    queryFn: ({ signal }) => answer(api.GET("/stories/{id}/grouping", { params: { path: { id } }, signal })),
  });
export interface EntityFilter {
  q?: string | undefined;
  kind?: "person" | "organisation" | "group" | "facility" | undefined;
  country?: string | undefined;
  order?: "reports" | "newest" | undefined;
}
/** People and bodies by name, kind and country. */
export const entities = (f: EntityFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ["entities", "list", f, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET("/entities", { params: { query: { ...f, after: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
/** Who may be the same as whom, and waits for a decision. */
export const entityPairs = queryOptions({
  queryKey: ["entities", "pairs"],
  queryFn: ({ signal }) => answer(api.GET("/entity-proposals", { signal })),
});
/** What titles are called, by language: they ship with the program. */
export const titles = queryOptions({
  queryKey: ["titles"],
  queryFn: ({ signal }) => answer(api.GET("/titles", { signal })),
  select: ({ titles }) => new Map(titles.map((title) => [title.role, title.names])),
  staleTime: forever,
});
/** A person or body across reports. */
export const entity = (id: Id) =>
  queryOptions({
    queryKey: ["entities", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/entities/{id}", { params: { path: { id } }, signal })),
  });
/** A version of a report, with the hits of a query in its text; no version is the current one. */
export const report = (id: Id, version?: number, q?: string) =>
  queryOptions({
    queryKey: ["reports", "one", id, version ?? 0, q ?? ""],
    queryFn: async ({ signal }) => {
      const call = api.GET("/reports/{id}", { params: { path: { id }, query: { version, q } }, signal });
      const { data, etag } = await answerWithTag(call);
      return { ...data, etag };
    },
  });
export const facets = (f: Filter) =>
  queryOptions({
    queryKey: ["live", "facets", f],
    queryFn: ({ signal }) => answer(api.GET("/facets", { params: { query: f }, signal })),
    placeholderData: keepPreviousData,
  });
export const places = (f: Filter, limit = 100) =>
  queryOptions({
    queryKey: ["live", "places", f, limit],
    queryFn: ({ signal }) => answer(api.GET("/places", { params: { query: { ...f, limit } }, signal })),
    placeholderData: keepPreviousData,
  });
export const clusters = (f: Filter, zoom: number) =>
  queryOptions({
    queryKey: ["live", "clusters", f, zoom],
    queryFn: ({ signal }) =>
      answer(api.GET("/clusters", { params: { query: { ...f, bbox: f.bbox ?? "", zoom } }, signal })),
    placeholderData: keepPreviousData,
    enabled: f.bbox !== undefined,
  });
export const histogram = (f: Filter, bins: number) =>
  queryOptions({
    queryKey: ["live", "histogram", f, bins],
    queryFn: ({ signal }) => answer(api.GET("/histogram", { params: { query: { ...f, bins } }, signal })),
    placeholderData: keepPreviousData,
  });
export const sources = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => answer(api.GET("/sources", { signal })),
});
/** How many sources have fallen silent, for the rail: asked seldom, since the answer is the whole list. */
export const alarms = queryOptions({
  queryKey: ["alarms"],
  queryFn: ({ signal }) => answer(api.GET("/sources", { signal })),
  select: ({ sources }) => sources.filter((s) => s.health.alarm === "silent" || s.health.alarm === "late").length,
  staleTime: 60_000,
  refetchInterval: 5 * 60_000,
});
export const catalogue = queryOptions({
  queryKey: ["sources", "catalogue"],
  queryFn: ({ signal }) => answer(api.GET("/catalogue", { signal })),
  staleTime: 60_000,
});
export const deadLetters = queryOptions({
  queryKey: ["dead-letters"],
  queryFn: ({ signal }) => answer(api.GET("/dead-letters", { signal })),
});
export const persons = queryOptions({
  queryKey: ["persons"],
  queryFn: ({ signal }) => answer(api.GET("/persons", { signal })),
});
export const parts = (id: Id) =>
  queryOptions({
    queryKey: ["reports", "parts", id],
    queryFn: ({ signal }) => answer(api.GET("/reports/{id}/parts", { params: { path: { id } }, signal })),
  });

export const events = (f: EventFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ["live", "events", f, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET("/events", { params: { query: { ...f, after: pageParam || undefined, limit } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
export const event = (id: Id) =>
  queryOptions({
    queryKey: ["events", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/events/{id}", { params: { path: { id } }, signal })),
  });
export const eventClusters = (f: EventFilter, zoom: number, shown: boolean) =>
  queryOptions({
    queryKey: ["live", "eventclusters", f, zoom],
    queryFn: ({ signal }) =>
      answer(api.GET("/events/clusters", { params: { query: { ...f, bbox: f.bbox ?? "", zoom } }, signal })),
    placeholderData: keepPreviousData,
    enabled: shown && f.bbox !== undefined,
  });
/** Positions of things that move: no notice tells of them, so they are asked for while they are shown. */
export const tracks = (bbox: string | undefined, shown: boolean) =>
  queryOptions({
    queryKey: ["tracks", bbox ?? ""],
    queryFn: ({ signal }) => answer(api.GET("/tracks", { params: { query: { bbox } }, signal })),
    placeholderData: keepPreviousData,
    enabled: shown,
    refetchInterval: 15_000,
  });
/** A report in short, with its names in a language. */
export const digest = (id: Id, version: number, language: string) =>
  queryOptions({
    queryKey: ["reports", "digest", id, version, language],
    queryFn: ({ signal }) =>
      answer(api.GET("/reports/{id}/digest", { params: { path: { id }, query: { version, language } }, signal })),
    staleTime: forever,
  });
/** Which translation provider the centre has, and who consented to it. */
export const translation = queryOptions({
  queryKey: ["centre", "translation"],
  queryFn: ({ signal }) => answer(api.GET("/translation", { signal })),
});
/** Why a report was read and grouped as it was. */
export const explanation = (id: Id, version: number) =>
  queryOptions({
    queryKey: ["reports", "explanation", id, version],
    queryFn: ({ signal }) =>
      answer(api.GET("/reports/{id}/explanation", { params: { path: { id }, query: { version } }, signal })),
  });
type Status = "contested" | "refuted" | "retracted" | "unverified" | "corroborated";
export const claims = (f: Filter, status?: string) =>
  infiniteQueryOptions({
    queryKey: ["claims", "list", f, status ?? ""],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/claims", {
          params: {
            query: {
              ...f,
              status: status ? [status.toLowerCase() as Status] : undefined,
              after: pageParam || undefined,
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
export const claim = (id: Id) =>
  queryOptions({
    queryKey: ["claims", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/claims/{id}", { params: { path: { id } }, signal })),
  });
export const claimStatements = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ["claims", "statements", id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/claims/{id}/statements", {
          params: { path: { id }, query: { after: pageParam || undefined, limit: 100 } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
/** The claims that the statements of a report belong to, by the statement's number. */
export const reportClaims = (id: Id) =>
  queryOptions({
    queryKey: ["claims", "report", id],
    queryFn: ({ signal }) => answer(api.GET("/reports/{id}/claims", { params: { path: { id } }, signal })),
  });
/** The claims of a story, and who speaks of them. */
export const storyClaims = (id: Id) =>
  queryOptions({
    queryKey: ["claims", "story", id],
    queryFn: ({ signal }) => answer(api.GET("/stories/{id}/claims", { params: { path: { id } }, signal })),
  });
/** How reports without a statement of a claim take it. */
export const claimSupport = (id: Id) =>
  queryOptions({
    queryKey: ["claims", "support", id],
    queryFn: ({ signal }) => answer(api.GET("/claims/{id}/support", { params: { path: { id } }, signal })),
  });
