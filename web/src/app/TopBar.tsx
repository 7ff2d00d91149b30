import { ActionIcon, CloseButton, Menu, TextInput, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch, IconSun } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "../api/changes";
import { answer, api } from "../api/client";
import { centre } from "../api/queries";
import type { Session } from "../api/types";
import { languages, ownNames } from "../i18n";
import { number } from "../text/dates";
import css from "./Frame.module.css";
import { usePreferences } from "./preferences";
import { TimeRange } from "./TimeRange";

export function TopBar({ session, line, onHelp }: { session: Session; line: Line; onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={css.top}>
      <Link to="/" className={css.brand} aria-label={t("brand")}>
        <Sign />
        <span>{t("brand")}</span>
      </Link>
      <SearchField />
      <div className={css.timeRange}>
        <TimeRange />
      </div>
      <div className={css.push} />
      <Head />
      <div className={css.line} role="status" title={t(line === "open" ? "line.open.why" : "line.waiting.why")}>
        <span className={css.dot} data-open={line === "open"} aria-hidden />
        <span className={css.lineText}>{t(line === "open" ? "line.open" : "line.waiting")}</span>
      </div>
      <LanguageMenu />
      <SchemeSwitch />
      <PersonMenu session={session} onHelp={onHelp} />
    </header>
  );
}

export function Sign() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 22 22"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="5" />
      <circle cx="14" cy="8" r="5" />
      <circle cx="8" cy="14" r="5" />
      <circle cx="14" cy="14" r="5" />
    </svg>
  );
}

function SearchField() {
  const { t } = useTranslation();
  const { q = "" } = useSearch({ from: "__root__" });
  const path = useLocation({ select: (l) => l.pathname });
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const submit = (value: string) => {
    const here = path === "/" || path === "/stories";
    void navigate({
      to: here ? path : "/search",
      search: (before) => ({ ...before, version: undefined, q: value || undefined }),
    });
  };
  return (
    <search className={css.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(text.trim());
        }}
      >
        <TextInput
          id="search-field"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          classNames={{ input: text ? "own-direction" : "" }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          placeholder={t("search.placeholder")}
          aria-label={t("search.label")}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            text ? (
              <CloseButton
                size="sm"
                aria-label={t("search.clear")}
                onClick={() => {
                  setText("");
                  submit("");
                }}
              />
            ) : (
              <span className={css.kbd} aria-hidden>
                /
              </span>
            )
          }
        />
      </form>
    </search>
  );
}

/** Who heads the centre now, and for how long. */
function Head() {
  const { t } = useTranslation();
  const { language, reading } = usePreferences();
  const { data } = useQuery(centre);
  if (data === undefined || data.head === null) return null;
  const { head, chair, members } = data;
  const member = members.find((m) => m.code === head.member)?.names[language] ?? head.member;
  return (
    <Link to="/centre" className={css.head} title={head.reason || undefined}>
      <strong>{t(head.acting ? "head.acting" : "head.now", { member })}</strong>
      {chair ? <span>{t("head.days", { count: chair.days_left, n: number(chair.days_left, reading) })}</span> : null}
    </Link>
  );
}

export function LanguageMenu() {
  const { t } = useTranslation();
  const { language, choose } = usePreferences();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("language.switch")}
          title={t("language.switch")}
          data-language
        >
          <IconLanguage size={19} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((l) => (
          <Menu.Item
            key={l}
            lang={l}
            data-choose={l}
            onClick={() => choose({ language: l })}
            rightSection={l === language ? <IconCheck size={15} aria-hidden /> : null}
            aria-current={l === language}
          >
            {ownNames[l]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const label = t(scheme === "dark" ? "scheme.light" : "scheme.dark");
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
    >
      {scheme === "dark" ? (
        <IconSun size={19} stroke={1.6} aria-hidden />
      ) : (
        <IconMoon size={19} stroke={1.6} aria-hidden />
      )}
    </ActionIcon>
  );
}

const calendars = ["gregory", "persian", "islamic-umalqura"] as const;

function PersonMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const { t } = useTranslation();
  const { language, reading, choose } = usePreferences();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await answer(api.DELETE("/session"));
    client.clear();
    await navigate({ to: "/", search: {} });
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button type="button" className={css.person}>
          <bdi className={css.memberCode}>{session.member.code}</bdi>
          <span className={css.personText}>
            <bdi>{session.person.name}</bdi>
            <small>{session.member.names[language] ?? session.member.code}</small>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("calendar.choice")}</Menu.Label>
        {calendars.map((c) => (
          <Menu.Item
            key={c}
            onClick={() => choose({ calendar: c })}
            aria-current={c === reading.calendar}
            rightSection={c === reading.calendar ? <IconCheck size={15} aria-hidden /> : null}
          >
            {t(`calendar.${c}`)}
          </Menu.Item>
        ))}
        {language === "ar" || language === "fa" ? (
          <>
            <Menu.Label>{t("digits.choice")}</Menu.Label>
            <Menu.Item
              onClick={() => choose({ digits: "latn" })}
              rightSection={reading.digits === "latn" ? <IconCheck size={15} aria-hidden /> : null}
            >
              <bdi dir="ltr">0123456789</bdi>
            </Menu.Item>
            <Menu.Item
              onClick={() => choose({ digits: "native" })}
              rightSection={reading.digits === "latn" ? null : <IconCheck size={15} aria-hidden />}
            >
              <bdi dir="ltr">{language === "ar" ? "٠١٢٣٤٥٦٧٨٩" : "۰۱۲۳۴۵۶۷۸۹"}</bdi>
            </Menu.Item>
          </>
        ) : null}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
          {t("help.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} className="mirror" aria-hidden />} onClick={() => void leave()}>
          {t("signout")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
