import { useTranslation } from "react-i18next";
import type { components } from "../../api/schema";
import { useReading } from "../../app/preferences";
import { number } from "../../text/dates";
import css from "./Sources.module.css";

interface Props {
  result: components["schemas"]["ImportedSources"];
  /** What names the place of one that was left out. */
  line: (n: number) => string;
}

/** What came of adding several: how many were added, and each that was left out with its reason. */
export function Added({ result, line }: Props) {
  const { t } = useTranslation();
  const reading = useReading();
  const count = result.added?.length ?? 0;
  return (
    <div className={css.opml} role="status">
      <p>{t("opml.done", { count, n: number(count, reading) })}</p>
      <ul>
        {(result.skipped ?? []).map((s) => (
          <li key={`${s.line} ${s.reason}`}>
            {line(s.line)} <span dir="auto">{s.reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
