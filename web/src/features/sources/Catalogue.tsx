import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { catalogue as catalogueOf, session as sessionOf } from "../../api/queries";
import type { CataloguedSource } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import parts from "../../parts/parts.module.css";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { CountryName, LanguageName } from "../../parts/Words";
import { countryName, languageName } from "../../text/countries";
import { number } from "../../text/dates";
import { Added } from "./Added";
import css from "./Catalogue.module.css";
import { MarkingField } from "./MarkingField";
import { type Facet, families, type Narrowed, narrowed } from "./narrow";
import { Choice } from "./Sources";

/** The public sources that ship with the program, by publisher family, to tick from. */
export function Catalogue() {
  const { t } = useTranslation();
  const { language, reading } = usePreferences();
  const session = useQuery(sessionOf);
  const catalogue = useQuery(catalogueOf);
  const client = useQueryClient();
  const [filter, setFilter] = useState<Narrowed>({});
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [marking, setMarking] = useState("");
  const settled = useDeferredValue(filter);

  const all = useMemo(() => catalogue.data?.sources ?? [], [catalogue.data]);
  const groups = useMemo(() => families(narrowed(all, settled), language), [all, settled, language]);
  const shown = groups.reduce((sum, g) => sum + g.sources.length, 0);
  const add = useMutation({
    mutationFn: (addresses: string[]) =>
      answer(api.POST("/catalogue", { body: { addresses, marking: marking.trim() || undefined } })),
    onSuccess: () => {
      setTicked(new Set());
      void client.invalidateQueries({ queryKey: ["sources"] });
    },
  });
  const nameOf = (address = "") => `${all.find((s) => s.address === address)?.name ?? address}:`;
  const tick = (address: string) => {
    const next = new Set(ticked);
    if (!next.delete(address)) next.add(address);
    setTicked(next);
  };
  const facet = (name: Facet, label: string, words: (value: string) => string) => (
    <Choice
      label={label}
      value={filter[name]}
      values={[...new Set(all.map((s) => s[name]))].filter(Boolean).sort((a, b) => words(a).localeCompare(words(b)))}
      words={words}
      onChoose={(value) => setFilter({ ...filter, [name]: value })}
    />
  );
  return (
    <div className={parts.page}>
      <p className={css.back}>
        <Link to="/sources">{t("nav.sources")}</Link>
      </p>
      <h1>{t("catalogue.title")}</h1>
      <p className={css.lead}>{t("catalogue.text")}</p>
      <search className={css.filters}>
        <TextInput
          type="search"
          className={css.find}
          aria-label={t("catalogue.find")}
          placeholder={t("catalogue.find")}
          dir="auto"
          value={filter.find ?? ""}
          onChange={(event) => setFilter({ ...filter, find: event.currentTarget.value })}
        />
        {facet("language", t("source.language"), (tag) => languageName(tag, language))}
        {facet("country", t("source.country"), (code) => countryName(code, language))}
        {facet("topic", t("catalogue.topic"), (topic) => t(`topic.${topic}`, { defaultValue: topic }))}
        {facet("ownership", t("source.ownership"), (o) => t(`ownership.${o}`, { defaultValue: o }))}
        <span className={css.total} role="status">
          {t("sources.shown", { n: number(shown, reading), all: number(all.length, reading) })}
        </span>
      </search>
      {add.data ? <Added result={add.data} line={(n) => nameOf(add.variables?.[n - 1])} /> : null}
      {catalogue.isPending ? <ListSkeleton /> : null}
      {catalogue.isError ? <Trouble error={catalogue.error} retry={() => void catalogue.refetch()} /> : null}
      {catalogue.isSuccess && shown === 0 ? (
        <Empty
          title={t("sources.nomatch.title")}
          text={t("sources.nomatch.text")}
          action={
            <Button variant="default" onClick={() => setFilter({})}>
              {t("filter.clear")}
            </Button>
          }
        />
      ) : null}
      <div className={css.groups}>
        {groups.map((group) => (
          <section key={group.family} className={css.group} aria-label={group.family}>
            <h2>
              <bdi>{group.family}</bdi>
            </h2>
            <ul>
              {group.sources.map((s) => (
                <Line key={s.address} source={s} ticked={ticked.has(s.address)} onTick={() => tick(s.address)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {ticked.size > 0 ? (
        <form
          className={css.tray}
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate([...ticked]);
          }}
        >
          <MarkingField member={session.data?.person.member ?? ""} value={marking} onChange={setMarking} />
          {add.isError ? <Trouble error={add.error} /> : null}
          <Button type="submit" loading={add.isPending}>
            {t("catalogue.add", { count: ticked.size, n: number(ticked.size, reading) })}
          </Button>
        </form>
      ) : null}
    </div>
  );
}

function Line({ source: s, ticked, onTick }: { source: CataloguedSource; ticked: boolean; onTick: () => void }) {
  const { t } = useTranslation();
  return (
    <li data-item>
      <Checkbox
        checked={ticked || s.have}
        disabled={s.have}
        onChange={onTick}
        label={
          <span className={css.name}>
            <bdi>{s.name}</bdi>
            {s.native && s.native !== s.name ? (
              <bdi lang={s.language || undefined} className={css.native}>
                {s.native}
              </bdi>
            ) : null}
          </span>
        }
        description={
          <span className={css.meta}>
            {s.have ? <strong>{t("source.have")}</strong> : null}
            <span>{t(`topic.${s.topic}`, { defaultValue: s.topic })}</span>
            {s.language ? <LanguageName tag={s.language} /> : null}
            {s.country ? <CountryName code={s.country} /> : null}
            {s.ownership ? <span>{t(`ownership.${s.ownership}`, { defaultValue: s.ownership })}</span> : null}
            {s.owner !== s.family ? <bdi>{s.owner}</bdi> : null}
            <bdi dir="ltr" className={css.site}>
              {s.site || s.address}
            </bdi>
          </span>
        }
      />
    </li>
  );
}
