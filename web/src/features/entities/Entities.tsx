import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { centre as centreOf, entityPairs, entities as listOf } from "../../api/queries";
import type { EntityHead } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import parts from "../../parts/parts.module.css";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { Title } from "../../parts/Title";
import { When } from "../../parts/When";
import { CountryName, Own } from "../../parts/Words";
import { countryName, everyCountry } from "../../text/countries";
import { number } from "../../text/dates";
import css from "./Entities.module.css";
import { EntityName } from "./Entity";
import { nameFor } from "./name";
import { Pairs } from "./Pairs";

const kinds = ["person", "organisation", "group", "facility"] as const;
type Kind = (typeof kinds)[number];
const orders = ["reports", "newest"] as const;

/** People and bodies across reports: found by name, and those that may be one. */
export function Entities() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show } = useSearch({ from: "__root__" });
  const { reading } = usePreferences();
  const waiting = useQuery(entityPairs).data?.pairs.length;
  const same = show === "same";
  const choose = (tab: string | undefined) => void navigate({ to: "/entities", search: { show: tab } });
  return (
    <div className={parts.page}>
      <h1>{t("nav.entities")}</h1>
      <fieldset className={css.tabs}>
        <legend className="sr-only">{t("entities.tabs")}</legend>
        <button type="button" aria-pressed={!same} onClick={() => choose(undefined)} data-tab="all">
          {t("entities.tab.all")}
        </button>
        <button type="button" aria-pressed={same} onClick={() => choose("same")} data-tab="same">
          {t("entities.tab.same")} {waiting ? <bdi className={css.count}>{number(waiting, reading)}</bdi> : null}
        </button>
      </fieldset>
      {same ? <Pairs /> : <List />}
    </div>
  );
}

function List() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { find, kind, country, sort } = useSearch({ from: "__root__" });
  const filter = {
    q: find,
    kind: kinds.find((k) => k === kind),
    country: /^[A-Z]{3}$/.test(country ?? "") ? country : undefined,
    order: orders.find((o) => o === sort),
  };
  const found = useInfiniteQuery(listOf(filter));
  const list = found.data?.pages.flatMap((p) => p.entities) ?? [];
  useBanner(list.map((e) => e.marking).filter((m) => m !== ""));
  const change = (to: Record<string, string | undefined>) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...to }), replace: true });
  return (
    <>
      <p className={css.lead}>{t("entities.lead")}</p>
      <search className={css.filters}>
        <Name value={find ?? ""} change={(value) => change({ find: value || undefined })} />
        <Countries value={filter.country} change={(value) => change({ country: value || undefined })} />
        <NativeSelect
          aria-label={t("entities.order")}
          value={filter.order ?? "reports"}
          data={orders.map((o) => ({ value: o, label: t(`entities.order.${o}`) }))}
          onChange={(event) => change({ sort: event.currentTarget.value === "newest" ? "newest" : undefined })}
          data-order
        />
        <fieldset className={css.kinds}>
          <legend className="sr-only">{t("entities.kind")}</legend>
          {([undefined, ...kinds] as (Kind | undefined)[]).map((one) => (
            <button
              key={one ?? "all"}
              type="button"
              aria-pressed={filter.kind === one}
              onClick={() => change({ kind: one })}
              data-kind={one ?? "all"}
            >
              {t(`entities.kind.${one ?? "all"}`)}
            </button>
          ))}
        </fieldset>
      </search>
      {found.isPending ? <ListSkeleton /> : null}
      {found.isError ? <Trouble error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isSuccess && list.length === 0 ? (
        <Empty
          title={t("entities.none.title")}
          text={t("entities.none.text")}
          action={
            <Button variant="default" onClick={() => change({ find: undefined, kind: undefined, country: undefined })}>
              {t("filter.clear")}
            </Button>
          }
        />
      ) : null}
      <ol className={css.list} data-stale={found.isPlaceholderData} data-entities>
        {list.map((e) => (
          <Item key={e.id} entity={e} />
        ))}
      </ol>
      {found.hasNextPage ? (
        <Button variant="default" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

/** The field keeps what is typed; the address follows when the typing pauses. */
function Name({ value, change }: { value: string; change: (value: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const send = useDebouncedCallback((text: string) => {
    setSent(text);
    change(text);
  }, 250);
  // The address was changed by something else: the way back, or "clear".
  useEffect(() => {
    if (value !== sent) {
      setTyped(value);
      setSent(value);
    }
  }, [value, sent]);
  return (
    <TextInput
      type="search"
      className={css.name}
      aria-label={t("entities.find")}
      placeholder={t("entities.find")}
      dir="auto"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
      data-find
    />
  );
}

/** The members' countries first, then all others by name. */
function Countries({ value, change }: { value: string | undefined; change: (value: string) => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const members = useQuery(centreOf).data?.members.map((m) => m.code as string) ?? [];
  const byName = new Intl.Collator(language);
  const option = (code: string) => ({ value: code, label: countryName(code, language) });
  const sorted = (codes: string[]) => codes.map(option).sort((a, b) => byName.compare(a.label, b.label));
  const first = sorted(members.filter((code) => everyCountry.includes(code)));
  const others = sorted(everyCountry.filter((code) => !members.includes(code)));
  return (
    <NativeSelect
      aria-label={t("entities.country")}
      value={value ?? ""}
      data={[{ value: "", label: `${t("entities.country")}: –` }, ...first, ...others]}
      onChange={(event) => change(event.currentTarget.value)}
      data-country
    />
  );
}

/** One line of the list: the name that the reader knows, and the same in other scripts. */
function Item({ entity: e }: { entity: EntityHead }) {
  return (
    <li className={css.item} data-item data-entity-item={e.id}>
      <h2>
        <Link to="/entities/$id" params={{ id: e.id }} search={{}}>
          <EntityName entity={e} />
        </Link>
      </h2>
      <OtherNames entity={e} />
      <Facts entity={e} />
    </li>
  );
}

/** The best name in each other language, where it differs. */
function OtherNames({ entity }: { entity: EntityHead }) {
  const { language } = usePreferences();
  const shown = new Set([nameFor(entity.names, language)?.text]);
  const others = [...new Set(entity.names.map((n) => n.language))].flatMap((l) => {
    const name = nameFor(
      entity.names.filter((n) => n.language === l),
      l,
    );
    if (!name || shown.has(name.text)) return [];
    shown.add(name.text);
    return [name];
  });
  if (others.length === 0) return null;
  return (
    <p className={css.others}>
      {others.slice(0, 3).map((n) => (
        <Own key={`${n.language} ${n.text}`} text={n.text} language={n.language} />
      ))}
    </p>
  );
}

/** Kind, role, country, how often and when last. */
export function Facts({ entity: e }: { entity: EntityHead }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const role = e.roles[0];
  const country = role?.country || e.countries[0];
  return (
    <p className={css.facts}>
      <span>{t(`mention.kind.${e.kind}`)}</span>
      {role ? (
        <span>
          <Title role={role.name} />
        </span>
      ) : null}
      {country ? <CountryName code={country} /> : null}
      {e.reports > 0 ? (
        <span>{t("entity.reports", { count: e.reports, n: number(e.reports, reading) })}</span>
      ) : (
        <span className={css.unnamed}>{t("entities.unnamed")}</span>
      )}
      {e.last ? (
        <span>
          {t("entities.last")} <When moment={e.last} />
        </span>
      ) : null}
      {e.marking ? <PortionMark marking={e.marking} /> : null}
    </p>
  );
}
