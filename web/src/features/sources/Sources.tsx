import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconBooks, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { session as sessionOf, sources as sourcesOf } from "../../api/queries";
import type { Source } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import type { Address } from "../../app/router";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { number } from "../../text/dates";
import { DeadLetters } from "./DeadLetters";
import { matches, sorted, stateOf, states } from "./health";
import { OpmlButtons, OpmlTold, useOpml } from "./Opml";
import { SourcePanel } from "./SourcePanel";
import css from "./Sources.module.css";
import { SourceTable } from "./SourceTable";

/** How every source does, the sick first; one row opens all that is known of it. */
export function Sources() {
  const { t } = useTranslation();
  const { reading, language } = usePreferences();
  const sources = useQuery(sourcesOf);
  const session = useQuery(sessionOf);
  const navigate = useNavigate();
  const address = useSearch({ from: "__root__" });
  const { find, kind, member, state, sort } = address;
  const opml = useOpml();

  const all = useMemo(() => sources.data?.sources ?? [], [sources.data]);
  const rows = useMemo(
    () =>
      sorted(
        all.filter((s) => matches(s, { find, kind, member, state })),
        sort,
        language,
      ),
    [all, find, kind, member, state, sort, language],
  );
  useBanner(all.map((s) => s.marking));
  const manages = Boolean(session.data?.person.roles?.includes("administrator") || all.some((s) => s.may.manage));
  const change = (changed: Partial<Address>, replace = true) =>
    void navigate({ to: "/sources", search: (before) => ({ ...before, ...changed }), replace });
  const open = all.find((s) => s.id === address.source);
  const narrowed = Boolean(find || kind || member || state);

  return (
    <div className={css.page}>
      <header className={css.header}>
        <h1>{t("nav.sources")}</h1>
        <div className={css.actions}>
          <OpmlButtons opml={opml} manages={manages} />
          {manages ? (
            <>
              <Button
                component={Link}
                to="/sources/catalogue"
                variant="default"
                leftSection={<IconBooks size={16} aria-hidden />}
              >
                {t("catalogue.title")}
              </Button>
              <Button component={Link} to="/sources/add" leftSection={<IconPlus size={16} aria-hidden />}>
                {t("source.add")}
              </Button>
            </>
          ) : null}
        </div>
      </header>
      <OpmlTold opml={opml} />
      {sources.isPending ? <ListSkeleton /> : null}
      {sources.isError ? <Trouble error={sources.error} retry={() => void sources.refetch()} /> : null}
      {sources.isSuccess && all.length === 0 ? (
        <Empty
          title={t("sources.empty.title")}
          text={t("sources.empty.text")}
          action={
            manages ? (
              <Button component={Link} to="/sources/add">
                {t("source.add")}
              </Button>
            ) : null
          }
        />
      ) : null}
      {all.length > 0 ? (
        <>
          <search className={css.filters}>
            <TextInput
              type="search"
              className={css.find}
              aria-label={t("source.find")}
              placeholder={t("source.find")}
              dir="auto"
              value={find ?? ""}
              onChange={(event) => change({ find: event.currentTarget.value || undefined })}
            />
            <Choice
              label={t("source.kind")}
              value={kind}
              values={distinct(all, (s) => s.kind)}
              words={(k) => t(`source.kind.${k}`, { defaultValue: k })}
              onChoose={(value) => change({ kind: value })}
            />
            <Choice
              label={t("source.member")}
              value={member}
              values={distinct(all, (s) => s.member)}
              words={(code) => code}
              onChoose={(value) => change({ member: value })}
            />
            <Choice
              label={t("source.health")}
              value={state}
              values={states.filter((one) => all.some((s) => stateOf(s) === one))}
              words={(one) => t(`state.${one}`)}
              onChoose={(value) => change({ state: value })}
            />
            <span className={css.total} role="status">
              {t("sources.shown", { n: number(rows.length, reading), all: number(all.length, reading) })}
            </span>
          </search>
          {rows.length > 0 ? (
            <SourceTable
              rows={rows}
              sort={sort}
              open={address.source}
              onSort={(value) => change({ sort: value })}
              onOpen={(id) => change({ source: id }, false)}
            />
          ) : (
            <Empty
              title={t("sources.nomatch.title")}
              text={t("sources.nomatch.text")}
              action={
                narrowed ? (
                  <Button
                    variant="default"
                    onClick={() => change({ find: undefined, kind: undefined, member: undefined, state: undefined })}
                  >
                    {t("filter.clear")}
                  </Button>
                ) : null
              }
            />
          )}
        </>
      ) : null}
      <DeadLetters sources={all} />
      <SourcePanel source={open} onClose={() => change({ source: undefined })} />
    </div>
  );
}

const distinct = (all: readonly Source[], of: (s: Source) => string) => [...new Set(all.map(of))].sort();

interface ChoiceProps {
  label: string;
  value: string | undefined;
  values: readonly string[];
  words: (value: string) => string;
  onChoose: (value: string | undefined) => void;
}

/** One of few; the first line is all of them. */
export function Choice({ label, value, values, words, onChoose }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      value={value ?? ""}
      data={[{ value: "", label: `${label}: –` }, ...values.map((v) => ({ value: v, label: words(v) }))]}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    />
  );
}
