import { Button, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, Problem } from "../../api/client";
import { report as reportOf } from "../../api/queries";
import type { ParsedMarking } from "../../api/types";
import { PortionMark, Tlp } from "../../parts/Marks";
import { Trouble, useSentence } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import type { ReportWithTag } from "./Report";
import css from "./Report.module.css";

/** The changes of a report's marking, with who, when and why. */
export function Remarks({ report }: { report: ReportWithTag }) {
  const { t } = useTranslation();
  return (
    <ol className={css.history}>
      {report.remarks.map((r) => (
        <li key={r.at} style={{ display: "block" }}>
          <PortionMark marking={r.from} />
          <br />
          <span aria-hidden>↓ </span>
          <span className="sr-only">{t("marking.became")} </span>
          <PortionMark marking={r.to} />
          <br />
          <bdi>{r.by}</bdi> <Code>{r.member}</Code>{" "}
          <small>
            <Recorded at={r.at} never={t("when.never")} />
          </small>
          <p dir="auto">{r.reason}</p>
        </li>
      ))}
    </ol>
  );
}

/** What a marking's text means, as the server reads it. */
export function useParsedMarking(text: string) {
  const [settled] = useDebouncedValue(text.trim(), 250);
  return useQuery({
    queryKey: ["marking", settled],
    queryFn: () => answer(api.POST("/markings/parse", { body: { text: settled } })),
    enabled: settled !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function MarkingMeaning({ parsed }: { parsed: ParsedMarking }) {
  const { t } = useTranslation();
  return (
    <dl className={css.parsed} aria-live="polite">
      <dt>{t("marking.level")}</dt>
      <dd>
        <Code>{parsed.level}</Code>
      </dd>
      <dt>{t("marking.originator")}</dt>
      <dd>
        <Code>{parsed.originator}</Code>
      </dd>
      <dt>{t("marking.recipients")}</dt>
      <dd>
        {parsed.releasable.length > 0 ? <Code>{parsed.releasable.join(", ")}</Code> : t("marking.originatoronly")}
      </dd>
      {parsed.caveats.length > 0 ? (
        <>
          <dt>{t("marking.caveats")}</dt>
          <dd>
            <Code>{parsed.caveats.join(", ")}</Code>
          </dd>
        </>
      ) : null}
      {parsed.tlp ? (
        <>
          <dt>TLP</dt>
          <dd>
            <Tlp label={parsed.tlp} />
          </dd>
        </>
      ) : null}
    </dl>
  );
}

/** For the originator's officers: another marking, understood as it is typed. */
export function MarkingForm({ report }: { report: ReportWithTag }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sentence = useSentence();
  const [text, setText] = useState(report.marking);
  const [reason, setReason] = useState("");
  const parsed = useParsedMarking(text);
  const mark = useMutation({
    mutationFn: async () => {
      await answer(
        api.PUT("/reports/{id}/marking", {
          params: { path: { id: report.id }, header: { "If-Match": report.etag ?? "" } },
          body: { marking: text, reason },
        }),
      );
      // The new marking may put the report out of its own officer's sight.
      return client
        .fetchQuery({ ...reportOf(report.id), staleTime: 0 })
        .then(() => true)
        .catch((cause: unknown) => {
          if (cause instanceof Problem && cause.status === 404) return false;
          throw cause;
        });
    },
    onSuccess: (stillVisible) => {
      setReason("");
      void client.invalidateQueries({ queryKey: ["live"] });
      void client.invalidateQueries({ queryKey: ["stories"] });
      if (stillVisible) void client.invalidateQueries({ queryKey: ["reports", "one", report.id] });
      else void navigate({ to: "/", search: {} });
    },
  });
  // Somebody was faster, or the report was read without its tag: what was typed stays for another try.
  const stale = mark.error instanceof Problem && [409, 412, 428].includes(mark.error.status);
  const reload = () => {
    mark.reset();
    void client.invalidateQueries({ queryKey: ["reports", "one", report.id] });
  };
  return (
    <form
      className={css.form}
      data-form="marking"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        mark.mutate();
      }}
    >
      <TextInput
        label={t("marking.new")}
        dir="ltr"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={parsed.isError ? sentence(parsed.error) : undefined}
      />
      {parsed.data && !parsed.isError ? <MarkingMeaning parsed={parsed.data} /> : null}
      <Textarea
        label={t("reason")}
        dir="auto"
        autosize
        minRows={2}
        required
        withAsterisk={false}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {mark.isError ? (
        <Trouble error={mark.error} retry={stale ? reload : undefined} label={t("marking.reload")} />
      ) : null}
      <Button
        type="submit"
        variant="default"
        loading={mark.isPending}
        disabled={text === report.marking || parsed.isError}
      >
        {t("marking.save")}
      </Button>
    </form>
  );
}
