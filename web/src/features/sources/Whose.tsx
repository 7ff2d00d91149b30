import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ownerships } from "./fields";
import css from "./Panel.module.css";

/** Whose a source is, and what it is written in. */
export interface Whose {
  name: string;
  owner: string;
  ownership: string;
  family: string;
  language: string;
  country: string;
}

export function WhoseFields({ value, onChange }: { value: Whose; onChange: (value: Whose) => void }) {
  const { t } = useTranslation();
  const set = (field: keyof Whose) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...value, [field]: event.currentTarget.value });
  return (
    <>
      <TextInput
        label={t("source.name")}
        name="name"
        dir="auto"
        required
        withAsterisk={false}
        value={value.name}
        onChange={set("name")}
      />
      <div className={css.pair}>
        <TextInput label={t("source.owner")} name="owner" dir="auto" value={value.owner} onChange={set("owner")} />
        <NativeSelect
          label={t("source.ownership")}
          name="ownership"
          value={value.ownership}
          onChange={set("ownership")}
          data={[{ value: "", label: "–" }, ...ownerships.map((o) => ({ value: o, label: t(`ownership.${o}`) }))]}
        />
      </div>
      <TextInput
        label={t("source.family")}
        description={t("source.family.why")}
        name="family"
        dir="auto"
        value={value.family}
        onChange={set("family")}
      />
      <div className={css.pair}>
        <TextInput
          label={t("source.language")}
          description={t("source.language.why")}
          name="language"
          dir="ltr"
          value={value.language}
          onChange={set("language")}
        />
        <TextInput
          label={t("source.country")}
          description={t("source.country.why")}
          name="country"
          dir="ltr"
          value={value.country}
          onChange={set("country")}
        />
      </div>
    </>
  );
}
