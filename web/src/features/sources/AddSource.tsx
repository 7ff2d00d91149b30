import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { session as sessionOf } from "../../api/queries";
import type { FoundSource, IntakeKeys, Source } from "../../api/types";
import { useReading } from "../../app/preferences";
import parts from "../../parts/parts.module.css";
import { Trouble } from "../../parts/States";
import { number } from "../../text/dates";
import css from "./Add.module.css";
import { FoundCard } from "./FoundCard";
import { Keys } from "./Keys";
import { SaveSource } from "./SaveSource";

const blank: FoundSource = {
  ...{ kind: "feed", address: "", how: "", name: "", language: "", country: "", owner: "", ownership: "" },
  ...{ family: "", catalogue: false, have: false, options: {}, items: [], events: 0, tracks: 0, problems: [] },
};

/** One field: an address. What can be read there is shown as it would be stored; one is chosen and saved. */
export function AddSource() {
  const { t } = useTranslation();
  const session = useQuery(sessionOf);
  const navigate = useNavigate();
  const reading = useReading();
  const [address, setAddress] = useState("");
  const [chosen, setChosen] = useState<FoundSource | null>(null);
  const [saved, setSaved] = useState<{ source: Source; keys?: IntakeKeys } | null>(null);
  const find = useMutation({
    mutationFn: () => answer(api.POST("/sources/find", { body: { address: address.trim() } })),
    onSuccess: ({ found }) => setChosen(found.length === 1 && found[0] && !found[0].have ? found[0] : null),
  });
  const again = () => {
    setSaved(null);
    setChosen(null);
    setAddress("");
    find.reset();
  };
  if (saved) {
    return (
      <div className={parts.page}>
        <h1>{t("source.added", { name: saved.source.name })}</h1>
        <div className={css.done}>
          {saved.keys ? <Keys source={saved.source} made={saved.keys} /> : <p>{t("source.added.text")}</p>}
          <div className={css.line}>
            <Button onClick={() => void navigate({ to: "/sources", search: { source: saved.source.id } })}>
              {t("source.added.see")}
            </Button>
            <Button variant="default" onClick={again}>
              {t("source.added.again")}
            </Button>
          </div>
        </div>
      </div>
    );
  }
  const found = find.data?.found ?? [];
  const nothing = find.isError || (find.isSuccess && found.length === 0);
  return (
    <div className={parts.page}>
      <p className={css.back}>
        <Link to="/sources">{t("nav.sources")}</Link>
      </p>
      <h1>{t("source.add")}</h1>
      <form
        className={css.one}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          find.mutate();
        }}
      >
        <TextInput
          label={t("source.address")}
          description={t("source.find.text")}
          placeholder="https://"
          name="address"
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" loading={find.isPending}>
          {t("source.look")}
        </Button>
      </form>
      {find.isPending ? (
        <p className={css.note} role="status">
          {t("source.looking")}
        </p>
      ) : null}
      {find.isError ? <Trouble error={find.error} /> : null}
      {nothing && chosen === null ? (
        <p className={css.line}>
          <Button variant="default" size="compact-md" onClick={() => setChosen({ ...blank, address: address.trim() })}>
            {t("source.byhand")}
          </Button>
        </p>
      ) : null}
      {find.isIdle && chosen === null ? (
        <div className={css.others}>
          <p>
            <button type="button" data-push onClick={() => setChosen({ ...blank, kind: "push" })}>
              {t("source.push")}
            </button>
          </p>
          <p>
            <Link to="/sources/catalogue">{t("source.fromcatalogue")}</Link>
          </p>
        </div>
      ) : null}
      {chosen ? (
        <SaveSource
          key={`${chosen.kind} ${chosen.address}`}
          found={chosen}
          byHand={nothing}
          member={session.data?.person.member ?? ""}
          onBack={() => setChosen(null)}
          onSaved={(source, keys) => setSaved({ source, keys })}
        />
      ) : find.isSuccess ? (
        <section aria-label={t("source.found")} className={css.found}>
          <p role="status">{t("source.found.count", { count: found.length, n: number(found.length, reading) })}</p>
          <ol>
            {found.map((f) => (
              <li key={`${f.kind} ${f.address}`} data-item>
                <FoundCard found={f} onChoose={() => setChosen(f)} />
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}
