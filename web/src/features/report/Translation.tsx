import { Button } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { Report, Span, Translation as TranslationOf } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import { textDirection } from "../../i18n";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Machine } from "../../parts/Words";
import { languageName } from "../../text/countries";
import css from "./Aids.module.css";
import text from "./ReportText.module.css";

/** What a reader of another language asks for: the text by a machine, sentence by sentence beside its source. */
export function useTranslated(report: Report) {
  const { language } = usePreferences();
  const ask = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/reports/{id}/translations", {
          params: { path: { id: report.id }, query: { version: report.version } },
          body: { language },
        }),
      ),
  });
  const wanted = !report.language.startsWith(language) && report.language !== "und";
  return { ask, wanted, language };
}

type Asked = ReturnType<typeof useTranslated>;

/** The button that asks, and whose word the answer is. */
export function TranslateBar({ ask, wanted, language }: Asked) {
  const { t } = useTranslation();
  if (!wanted) return null;
  const made = ask.data;
  return (
    <div className={css.bar}>
      {made ? (
        <>
          <p className={css.machine} role="note">
            <Machine /> {t("translation.made", { language: languageName(made.language, language) })}{" "}
            <bdi>{[made.provider, made.model].filter(Boolean).join(", ")}</bdi> · <Recorded at={made.made} never="" />
          </p>
          <Button variant="subtle" size="compact-sm" onClick={() => ask.reset()}>
            {t("translation.hide")}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconLanguage size={15} aria-hidden />}
          loading={ask.isPending}
          data-translate
          onClick={() => ask.mutate()}
        >
          {t("translation.ask", { language: languageName(language, language) })}
        </Button>
      )}
      {ask.isError ? <Trouble error={ask.error} retry={() => ask.mutate()} /> : null}
    </div>
  );
}

/** The sentences of a paragraph as the machine gave them; pointing at one marks its source. */
export function Translated({
  made,
  from,
  to,
  onFocus,
}: {
  made: TranslationOf;
  from: number;
  to: number;
  onFocus: (span: Span | null) => void;
}) {
  const { t } = useTranslation();
  const own = made.sentences.filter((s) => s.start >= from && s.start < to);
  if (own.length === 0) return null;
  return (
    <p className={text.translated} lang={made.language} dir={textDirection(made.language)} data-translated>
      {own.map((s) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing shows, and nothing is lost without it
        <span key={s.start} onMouseEnter={() => onFocus([s.start, s.end])} onMouseLeave={() => onFocus(null)}>
          {s.text || t("translation.none")}{" "}
        </span>
      ))}
    </p>
  );
}
