import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useReading } from "../../app/preferences";
import { PortionMark } from "../../parts/Marks";
import { Recorded } from "../../parts/When";
import { number } from "../../text/dates";
import type { ReportWithTag } from "./Report";
import css from "./Report.module.css";

/** Who else carries the same text: echo, not corroboration. */
export function Carriers({ report }: { report: ReportWithTag }) {
  const { t } = useTranslation();
  const reading = useReading();
  const carriers = report.carriers;
  if (carriers.length < 2) return null;
  return (
    <section className={css.carriers}>
      <h2>{t("carriers.title", { count: carriers.length, n: number(carriers.length, reading) })}</h2>
      <p>{t("carriers.text")}</p>
      <ol>
        {carriers.map((c, i) => (
          <li key={c.id} data-item>
            <span>
              {c.id === report.id ? (
                <strong>{c.source ? <bdi>{c.source.name}</bdi> : t("source.hidden")}</strong>
              ) : (
                <Link to="/reports/$id" params={{ id: c.id }} search={{}}>
                  {c.source ? <bdi>{c.source.name}</bdi> : t("source.hidden")}
                </Link>
              )}{" "}
              <small>
                {[c.id === report.id ? t("carriers.this") : "", i === 0 ? t("carriers.first") : ""]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            <small>
              <Recorded at={c.received} never={t("when.never")} />
            </small>
            <PortionMark marking={c.marking} />
          </li>
        ))}
      </ol>
    </section>
  );
}
