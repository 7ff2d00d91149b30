import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSentence } from "../../parts/States";
import { MarkingMeaning, useParsedMarking } from "../report/Markings";

interface Props {
  member: string;
  value: string;
  onChange: (text: string) => void;
  description?: string;
}

/** What a source's reports start with, understood as it is typed; empty is the own member alone. */
export function MarkingField({ member, value, onChange, description }: Props) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const parsed = useParsedMarking(value);
  const wrong = value.trim() !== "" && parsed.isError;
  return (
    <div>
      <TextInput
        label={t("marking.title")}
        description={description ?? t("source.marking.why", { member })}
        placeholder={`RESTRICTED//REL TO ${member}`}
        dir="ltr"
        spellCheck={false}
        name="marking"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={wrong ? sentence(parsed.error) : undefined}
      />
      {value.trim() !== "" && parsed.data && !parsed.isError ? <MarkingMeaning parsed={parsed.data} /> : null}
    </div>
  );
}
