import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { publicCentre, session } from "../../api/queries";
import { Trouble } from "../../parts/States";
import css from "./enter.module.css";
import { EnterPage } from "./SignIn";

const shortest = 12; // the server decides; this only says so earlier

/** Sets the first password with the one-time token that stands after the # of the address. */
export function Redeem() {
  const { t } = useTranslation();
  const centre = useQuery(publicCentre);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const differs = again !== "" && again !== password;
  const redeem = useMutation({
    mutationFn: () => answer(api.POST("/invitations/redeem", { body: { token, password } })),
    onSuccess: async (s) => {
      client.setQueryData(session.queryKey, s);
      await navigate({ to: "/", search: {}, replace: true });
    },
  });
  if (token === "") {
    return (
      <EnterPage name={centre.data?.name}>
        <section className={css.form}>
          <h2>{t("redeem.title")}</h2>
          <p role="alert">{t("redeem.notoken")}</p>
          <Button component={Link} to="/" variant="default">
            {t("enter.title")}
          </Button>
        </section>
      </EnterPage>
    );
  }
  return (
    <EnterPage name={centre.data?.name}>
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (password === again) redeem.mutate();
          else setAgain(again || " ");
        }}
      >
        <h2>{t("redeem.title")}</h2>
        <p>{t("redeem.text")}</p>
        <PasswordInput
          label={t("redeem.password")}
          description={t("redeem.rule", { count: shortest, n: shortest })}
          autoComplete="new-password"
          minLength={shortest}
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("enter.show") }}
        />
        <PasswordInput
          label={t("redeem.again")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={again}
          error={differs ? t("redeem.differs") : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("enter.show") }}
        />
        {redeem.isError ? <Trouble error={redeem.error} /> : null}
        <Button type="submit" loading={redeem.isPending}>
          {t("redeem.button")}
        </Button>
      </form>
    </EnterPage>
  );
}
