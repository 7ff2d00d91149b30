import { useHotkeys } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import {
  IconBuilding,
  IconLayoutList,
  IconMap2,
  IconMessages,
  IconRss,
  IconSearch,
  IconUsers,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChanges } from "../api/changes";
import { alarms } from "../api/queries";
import type { Session } from "../api/types";
import { number } from "../text/dates";
import { Banner } from "./Banner";
import css from "./Frame.module.css";
import { Help } from "./Help";
import { useKeys, useListKeys } from "./keys";
import { Palette } from "./Palette";
import { useReading } from "./preferences";
import { TopBar } from "./TopBar";

export const screens = [
  { to: "/", key: "s", label: "nav.situation", Icon: IconMap2 },
  { to: "/stories", key: "t", label: "nav.stories", Icon: IconLayoutList },
  { to: "/claims", key: "l", label: "nav.claims", Icon: IconMessages },
  { to: "/entities", key: "e", label: "nav.entities", Icon: IconUsers },
  { to: "/search", key: "f", label: "nav.search", Icon: IconSearch },
  { to: "/sources", key: "r", label: "nav.sources", Icon: IconRss },
  { to: "/centre", key: "c", label: "nav.centre", Icon: IconBuilding },
] as const;

export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = useLocation({ select: (l) => l.pathname });
  const [help, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const line = useChanges(true);

  const go = (to: (typeof screens)[number]["to"]) => () => void navigate({ to, search: keepQuestion });
  useKeys({
    "/": () => document.querySelector<HTMLInputElement>("#search-field")?.focus(),
    "?": () => setHelp(true),
    ...Object.fromEntries(screens.map((s) => [`g ${s.key}`, go(s.to)])),
  });
  useListKeys();
  useHotkeys([["mod+K", () => spotlight.open()]], []);

  // A new page begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it follows
  useEffect(() => {
    main.current?.scrollTo({ top: 0 });
  }, [path]);

  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        {t("nav.skip")}
      </a>
      <TopBar session={session} line={line} onHelp={() => setHelp(true)} />
      <nav className={css.rail} aria-label={t("nav.label")}>
        {screens.map(({ to, label, Icon, key }) => (
          <Link
            key={to}
            to={to}
            search={keepQuestion}
            className={css.entry}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            activeProps={{ "aria-current": "page" }}
            title={t(label)}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <span>{t(label)}</span>
            {to === "/sources" ? <Silent /> : null}
            <kbd aria-hidden>g {key}</kbd>
          </Link>
        ))}
      </nav>
      <div className={css.content}>
        <Banner place="above" />
        <main id="main" ref={main} className={css.main} tabIndex={-1}>
          {children}
        </main>
        <Banner place="below" />
      </div>
      <Help opened={help} onClose={() => setHelp(false)} />
      <Palette onHelp={() => setHelp(true)} />
    </div>
  );
}

/** How many sources have fallen silent or come late; nothing where none has. */
function Silent() {
  const { t } = useTranslation();
  const reading = useReading();
  const { data: silent = 0 } = useQuery(alarms);
  if (silent === 0) return null;
  const n = number(silent, reading);
  return (
    <strong className={css.silent} title={t("rail.silent", { count: silent, n })}>
      <bdi aria-hidden>{n}</bdi>
      <i className="sr-only">{t("rail.silent", { count: silent, n })}</i>
    </strong>
  );
}

/** From screen to screen the question and the time range stay; the rest is the screen's own. */
export const keepQuestion = (before: { q?: string; from?: string; until?: string }) => ({
  q: before.q,
  from: before.from,
  until: before.until,
});
