import { useTranslation } from "react-i18next";
import { parseMarking, portion } from "../text/marking";
import css from "./parts.module.css";

// FIRST's colours of TLP 2.0, each on black.
export const tlpColours: Record<string, string> = {
  "TLP:RED": "#ff2b2b",
  "TLP:AMBER": "#ffc000",
  "TLP:AMBER+STRICT": "#ffc000",
  "TLP:GREEN": "#33ff00",
  "TLP:CLEAR": "#ffffff",
};

export function Tlp({ label }: { label: string }) {
  return (
    <span className={css.tlp} style={{ color: tlpColours[label] ?? "#fff" }}>
      {label}
    </span>
  );
}

/** The portion mark of one item. */
export function PortionMark({ marking }: { marking: string }) {
  const m = parseMarking(marking);
  return (
    <bdi className={css.marking} title={marking}>
      <span className={css.portion}>{m ? `(${portion(m)})` : marking}</span>
      {m?.tlp ? <Tlp label={m.tlp} /> : null}
    </bdi>
  );
}

/** An Admiralty grade such as B2; F and 6 are "cannot be judged", drawn dashed like what is not graded. */
export function GradeMark({ grade }: { grade: string }) {
  const { t } = useTranslation();
  if (grade === "") {
    return (
      <bdi className={`${css.grade} ${css.gradeUnknown}`} title={t("grade.none")}>
        <span aria-hidden>–</span>
        <span className="sr-only">{t("grade.none")}</span>
      </bdi>
    );
  }
  const [reliability = "-", credibility = "-"] = grade;
  const words = [
    reliability === "-" ? t("grade.axis.none") : t(`grade.${reliability}`),
    credibility === "-" ? t("grade.axis.none") : t(`grade.${credibility}`),
  ].join(" · ");
  const unknown = "F-".includes(reliability) && "6-".includes(credibility);
  return (
    <bdi className={`${css.grade} ${unknown ? css.gradeUnknown : ""}`} title={words}>
      {grade}
    </bdi>
  );
}

/** The mark of a report that its source has taken back; the sentence stands on hover. */
export function WithdrawnMark({ sentence }: { sentence: string }) {
  const { t } = useTranslation();
  return (
    <span className={css.withdrawn} title={sentence} data-withdrawn>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M1 11 11 1" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      {t("report.withdrawn.mark")}
    </span>
  );
}
