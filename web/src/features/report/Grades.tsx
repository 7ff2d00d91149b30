import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import { GradeMark } from "../../parts/Marks";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code } from "../../parts/Words";
import type { ReportWithTag } from "./Report";
import css from "./Report.module.css";

// The Admiralty system of STANAG 2511: two axes, graded apart.
const reliability = ["A", "B", "C", "D", "E", "F"] as const;
const credibility = ["1", "2", "3", "4", "5", "6"] as const;

export function Gradings({ report }: { report: ReportWithTag }) {
  const { t } = useTranslation();
  const gradings = report.gradings;
  if (gradings.length === 0) return <p className={css.none}>{t("grade.none")}</p>;
  return (
    <ol className={css.history}>
      {gradings.map((g) => (
        <li key={g.id}>
          <GradeMark grade={g.grade} />
          <span>
            <bdi>{g.by}</bdi> <Code>{g.member}</Code>{" "}
            <small>
              <Recorded at={g.at} never={t("when.never")} />
              {g.version === report.version ? null : ` · ${t("report.version", { version: g.version })}`}
            </small>
          </span>
          {g.reason ? <p dir="auto">{g.reason}</p> : null}
        </li>
      ))}
    </ol>
  );
}

export function GradeForm({ report }: { report: ReportWithTag }) {
  const client = useQueryClient();
  return (
    <GradeFields
      give={(grade, reason) =>
        answer(
          api.POST("/reports/{id}/grades", {
            params: { path: { id: report.id } },
            body: { version: report.version, grade, reason },
          }),
        )
      }
      onGiven={() => {
        void client.invalidateQueries({ queryKey: ["reports", "one", report.id] });
        void client.invalidateQueries({ queryKey: ["stories", "reports"] });
      }}
    />
  );
}

/** The two axes and a reason, of whatever is graded. */
export function GradeFields({
  give,
  onGiven,
}: {
  give: (grade: string, reason: string) => Promise<unknown>;
  onGiven: () => void;
}) {
  const { t } = useTranslation();
  const [axes, setAxes] = useState({ reliability: "", credibility: "" });
  const [reason, setReason] = useState("");
  const grade = useMutation({
    mutationFn: () => give(`${axes.reliability || "-"}${axes.credibility || "-"}`, reason),
    onSuccess: () => {
      setAxes({ reliability: "", credibility: "" });
      setReason("");
      onGiven();
    },
  });
  return (
    <form
      className={css.form}
      data-form="grade"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        grade.mutate();
      }}
    >
      <Axis
        legend={t("grade.reliability")}
        name="reliability"
        values={reliability}
        value={axes.reliability}
        onChange={(value) => setAxes({ ...axes, reliability: value })}
      />
      <Axis
        legend={t("grade.credibility")}
        name="credibility"
        values={credibility}
        value={axes.credibility}
        onChange={(value) => setAxes({ ...axes, credibility: value })}
      />
      <Textarea
        label={t("reason")}
        dir="auto"
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {grade.isError ? <Trouble error={grade.error} /> : null}
      <Button type="submit" loading={grade.isPending} disabled={axes.reliability === "" && axes.credibility === ""}>
        {t("grade.save")}
      </Button>
    </form>
  );
}

interface AxisProps {
  legend: string;
  name: string;
  values: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

/** One axis: its letters or digits, with the scale's own words under the one that is chosen or pointed at. */
function Axis({ legend, name, values, value, onChange }: AxisProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState("");
  const shown = over || value;
  return (
    <fieldset className={css.axis}>
      <legend>{legend}</legend>
      <div className={css.chips}>
        {values.map((v) => (
          <label key={v} className={css.chip} onMouseEnter={() => setOver(v)} onMouseLeave={() => setOver("")}>
            <input
              type="radio"
              name={name}
              value={v}
              checked={v === value}
              onChange={() => onChange(v)}
              aria-label={`${v}: ${t(`grade.${v}`)}`}
            />
            <span aria-hidden>{v}</span>
          </label>
        ))}
      </div>
      <p className={css.words}>{shown ? t(`grade.${shown}`) : t("grade.choose")}</p>
    </fieldset>
  );
}
