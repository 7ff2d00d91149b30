import { Button, Checkbox, CopyButton, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { persons as personsOf } from "../../api/queries";
import type { components } from "../../api/schema";
import type { Id } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import { languages, ownNames } from "../../i18n";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import css from "./Centre.module.css";

const roles = ["analyst", "officer", "administrator"] as const;
type Person = components["schemas"]["Person"];
type Invited = components["schemas"]["Invited"];
type Role = (typeof roles)[number];
const levels = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"];

/** A member's own accounts. An invitation's link is shown once, and only here. */
export function Persons({ member, self }: { member: string; self: Id }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const client = useQueryClient();
  const persons = useQuery(personsOf);
  const [form, setForm] = useState({ login: "", name: "", clearance: "RESTRICTED", language: language as string });
  const [invited, setInvited] = useState<Invited | null>(null);
  const [chosen, setChosen] = useState<Role[]>(["analyst"]);
  const invite = useMutation({
    mutationFn: () => answer(api.POST("/persons", { body: { ...form, roles: chosen } })),
    onSuccess: (made) => {
      setInvited(made);
      setForm({ ...form, login: "", name: "" });
      void client.invalidateQueries({ queryKey: ["persons"] });
    },
  });
  const reinvite = useMutation({
    mutationFn: (id: Id) => answer(api.POST("/persons/{id}/invitation", { params: { path: { id } } })),
    onSuccess: setInvited,
  });
  const suspend = useMutation({
    mutationFn: (p: Person) =>
      answer(api.PATCH("/persons/{id}", { params: { path: { id: p.id } }, body: { suspended: !p.suspended } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["persons"] }),
  });
  return (
    <section className={css.section}>
      <h2>{t("persons.title", { member })}</h2>
      {persons.isPending ? <ListSkeleton rows={3} /> : null}
      {persons.isError ? <Trouble error={persons.error} retry={() => void persons.refetch()} /> : null}
      {reinvite.isError ? <Trouble error={reinvite.error} /> : null}
      {suspend.isError ? <Trouble error={suspend.error} /> : null}
      <ul className={css.people}>
        {(persons.data?.persons ?? []).map((p) => (
          <li key={p.id} data-person={p.login} data-suspended={p.suspended}>
            <div>
              <bdi>{p.name}</bdi> {p.suspended ? <em>{t("persons.suspended")}</em> : null}
              <small>
                <Code>{p.login}</Code> · {p.roles.map((r) => t(`role.${r}`)).join(t("list.and"))} ·{" "}
                <Code>{p.clearance}</Code>
              </small>
            </div>
            {p.id === self ? null : (
              <div className={css.personTools}>
                {p.suspended ? null : (
                  <Button variant="default" size="compact-sm" onClick={() => reinvite.mutate(p.id)}>
                    {t("persons.reinvite")}
                    <span className="sr-only"> {p.name}</span>
                  </Button>
                )}
                <Button variant="default" size="compact-sm" onClick={() => suspend.mutate(p)}>
                  {t(p.suspended ? "persons.restore" : "persons.suspend")}
                  <span className="sr-only"> {p.name}</span>
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {invited ? <Invitation invited={invited} /> : null}
      <form
        className={css.invite}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <h3>{t("invite.title")}</h3>
        <TextInput
          label={t("persons.name")}
          dir="auto"
          required
          withAsterisk={false}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <TextInput
          label={t("enter.login")}
          dir="ltr"
          required
          withAsterisk={false}
          autoCapitalize="none"
          value={form.login}
          onChange={(event) => setForm({ ...form, login: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("persons.clearance")}
          value={form.clearance}
          data={levels}
          onChange={(event) => setForm({ ...form, clearance: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("persons.language")}
          value={form.language}
          data={languages.map((l) => ({ value: l, label: ownNames[l] }))}
          onChange={(event) => setForm({ ...form, language: event.currentTarget.value })}
        />
        <Checkbox.Group
          className={css.roles}
          label={t("persons.roles")}
          value={chosen}
          onChange={(values) => setChosen(roles.filter((r) => values.includes(r)))}
        >
          {roles.map((r) => (
            <Checkbox key={r} value={r} label={t(`role.${r}`)} />
          ))}
        </Checkbox.Group>
        {invite.isError ? <Trouble error={invite.error} /> : null}
        <Button type="submit" loading={invite.isPending} disabled={chosen.length === 0}>
          {t("invite.button")}
        </Button>
      </form>
    </section>
  );
}

/** The link of an invitation, in view as soon as there is one. */
function Invitation({ invited }: { invited: Invited }) {
  const { t } = useTranslation();
  const link = `${window.location.origin}/invitation#${invited.invitation}`;
  return (
    <div
      key={invited.invitation}
      className={css.invited}
      role="status"
      ref={(box) => box?.scrollIntoView({ block: "nearest" })}
    >
      <p>
        {t("invite.once", { name: invited.person.name })} <Recorded at={invited.expires} full never={t("when.never")} />
      </p>
      <code dir="ltr">{link}</code>
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {t(copied ? "copied" : "copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
