import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter } from "@tanstack/react-router";
import { Centre } from "../features/centre/Centre";
import { Claim } from "../features/claims/Claim";
import { Claims } from "../features/claims/Claims";
import { Redeem } from "../features/enter/Redeem";
import { Entities } from "../features/entities/Entities";
import { Entity } from "../features/entities/Entity";
import { Report } from "../features/report/Report";
import { Search } from "../features/search/Search";
import { Situation } from "../features/situation/Situation";
import { AddSource } from "../features/sources/AddSource";
import { Catalogue } from "../features/sources/Catalogue";
import { Sources } from "../features/sources/Sources";
import { Stories } from "../features/stories/Stories";
import { Story } from "../features/stories/Story";
import { NotFound } from "./NotFound";
import { Root } from "./Root";

/** What the address holds beside the path: the question, the time range and the map's view. */
export interface Address {
  q?: string;
  from?: string;
  until?: string;
  /** The map's view: longitude, latitude, zoom. */
  at?: string;
  /** "1": only what lies in the map's view. */
  inview?: string;
  /** "places": the map's places as a list; "same": the pairs of names that wait for a decision. */
  show?: string;
  /** The version of a report; absent for the current one. */
  version?: string;
  /** What the map shows, of "reports", "events" and "positions"; absent for reports alone. */
  layers?: string;
  /** What the panel beside the map lists: "events" or "positions"; absent for stories. */
  panel?: string;
  /** A category of events. */
  category?: string;
  /** The event that is open. */
  event?: string;
  /** Claims that stand so. */
  status?: string;
  /** The source that is open. */
  source?: string;
  /** Of a list: words, kind, member, country and state that it is narrowed to, and its order. */
  find?: string;
  kind?: string;
  member?: string;
  country?: string;
  state?: string;
  sort?: string;
}
const names = [
  ...["q", "from", "until", "at", "inview", "show", "version", "layers", "panel", "category", "event", "status"],
  ...["source", "find", "kind", "member", "country", "state", "sort"],
] as (keyof Address)[];

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFound,
  validateSearch: (raw: Record<string, unknown>): Address => {
    const address: Address = {};
    for (const name of names) {
      const value = raw[name];
      if (typeof value === "string" && value !== "") address[name] = value;
    }
    return address;
  },
});

const situation = createRoute({ getParentRoute: () => root, path: "/", component: Situation });
const stories = createRoute({ getParentRoute: () => root, path: "/stories", component: Stories });
const story = createRoute({ getParentRoute: () => root, path: "/stories/$id", component: Story });
const claims = createRoute({ getParentRoute: () => root, path: "/claims", component: Claims });
const claim = createRoute({ getParentRoute: () => root, path: "/claims/$id", component: Claim });
const search = createRoute({ getParentRoute: () => root, path: "/search", component: Search });
const report = createRoute({ getParentRoute: () => root, path: "/reports/$id", component: Report });
const entities = createRoute({ getParentRoute: () => root, path: "/entities", component: Entities });
const entity = createRoute({ getParentRoute: () => root, path: "/entities/$id", component: Entity });
const sources = createRoute({ getParentRoute: () => root, path: "/sources", component: Sources });
const addSource = createRoute({ getParentRoute: () => root, path: "/sources/add", component: AddSource });
const catalogue = createRoute({ getParentRoute: () => root, path: "/sources/catalogue", component: Catalogue });
const centre = createRoute({ getParentRoute: () => root, path: "/centre", component: Centre });
const invitation = createRoute({ getParentRoute: () => root, path: "/invitation", component: Redeem });

const tree = root.addChildren([
  situation,
  stories,
  story,
  claims,
  claim,
  search,
  report,
  entities,
  entity,
  sources,
  addSource,
  catalogue,
  centre,
  invitation,
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    scrollRestoration: false, // the frame's main element scrolls, and keeps its place itself
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (address) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries(address)) if (typeof value === "string") params.set(name, value);
      const text = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
      return text === "" ? "" : `?${text}`;
    },
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
