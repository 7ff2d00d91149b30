import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { demoPersons, publicCentre, session } from "../../api/queries";
import type { components } from "../../api/schema";
import { usePreferences } from "../../app/preferences";
import { LanguageMenu, SchemeSwitch, Sign } from "../../app/TopBar";
import { Trouble } from "../../parts/States";
import css from "./enter.module.css";

export function SignIn() {
  const { t } = useTranslation();
  const centre = useQuery(publicCentre);
  const client = useQueryClient();
  const [form, setForm] = useState({ login: "", password: "" });
  const enter = useMutation({
    mutationFn: (body: typeof form) => answer(api.POST("/session", { body })),
    onSuccess: (s) => {
      client.setQueryData(session.queryKey, s);
    },
  });
  // The page depends on whether this is a demonstration: nothing is drawn twice.
  if (centre.isPending) return null;
  return (
    <EnterPage name={centre.data?.name}>
      {centre.isError ? <Trouble error={centre.error} retry={() => void centre.refetch()} /> : null}
      {centre.data?.demo ? <DemoPersons /> : null}
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          enter.mutate(form);
        }}
      >
        <h2>{t(centre.data?.demo ? "enter.or" : "enter.title")}</h2>
        <TextInput
          label={t("enter.login")}
          dir="ltr"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={form.login}
          onChange={(event) => setForm({ ...form, login: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("enter.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
          visibilityToggleButtonProps={{ "aria-label": t("enter.show") }}
        />
        {enter.isError ? <Trouble error={enter.error} /> : null}
        <Button type="submit" loading={enter.isPending} variant={centre.data?.demo ? "default" : "filled"}>
          {t("enter.button")}
        </Button>
      </form>
    </EnterPage>
  );
}

export function EnterPage({ name, children }: { name: string | undefined; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className={css.page}>
      <div className={css.tools}>
        <LanguageMenu />
        <SchemeSwitch />
      </div>
      <div className={css.column}>
        <header className={css.header}>
          <Sign />
          <h1>{name ?? t("brand")}</h1>
          <p>{t("enter.purpose")}</p>
        </header>
        {children}
      </div>
    </main>
  );
}

type DemoPerson = components["schemas"]["DemoPerson"];

const rank = ["analyst", "officer", "administrator"] as const;
/** What sets a person apart: officers are analysts too. */
const roleOf = (p: DemoPerson) => rank.findLast((r) => p.roles.includes(r)) ?? "analyst";

/** The members in their order, each with its analyst first. */
function byMember(people: readonly DemoPerson[]): [string, DemoPerson[]][] {
  const members = new Map<string, DemoPerson[]>();
  for (const p of people) members.set(p.member, [...(members.get(p.member) ?? []), p]);
  return [...members].map(([code, persons]) => [
    code,
    persons.sort((a, b) => rank.indexOf(roleOf(a)) - rank.indexOf(roleOf(b))),
  ]);
}

/** In the demonstration alone: the persons of each member, one click. */
function DemoPersons() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const people = useQuery(demoPersons);
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: (login: string) => answer(api.POST("/demo/session", { body: { login } })),
    onSuccess: (s) => {
      client.setQueryData(session.queryKey, s);
    },
  });
  return (
    <section className={css.demo}>
      <h2>{t("demo.title")}</h2>
      <p>{t("demo.text")}</p>
      {people.isError ? <Trouble error={people.error} retry={() => void people.refetch()} /> : null}
      {enter.isError ? <Trouble error={enter.error} /> : null}
      <ul className={css.cards}>
        {byMember(people.data ?? []).map(([code, persons]) => (
          <li key={code} className={css.card}>
            <h3>
              <bdi className={css.code}>{code}</bdi>
              {persons[0]?.member_names[language] ?? code}
            </h3>
            {persons.map((p) => (
              <button
                key={p.login}
                type="button"
                data-login={p.login}
                data-role={roleOf(p)}
                disabled={enter.isPending}
                onClick={() => enter.mutate(p.login)}
              >
                <span>
                  <bdi>{p.name}</bdi>
                  <small>{t(roleOf(p) === "officer" ? "demo.officer" : `role.${roleOf(p)}`)}</small>
                </span>
                <IconChevronRight size={15} className="mirror" aria-hidden />
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
