import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../parts/States";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <h1 className="sr-only">{t("notfound.title")}</h1>
      <Empty
        title={t("notfound.title")}
        text={t("notfound.text")}
        action={
          <Button component={Link} to="/">
            {t("nav.situation")}
          </Button>
        }
      />
    </>
  );
}
