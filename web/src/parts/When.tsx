import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Moment } from "../api/types";
import { useReading } from "../app/preferences";
import { dtg, exact, instant, short } from "../text/dates";
import css from "./parts.module.css";
import { Unknown } from "./Words";

// One clock for all ages on the screen.
let now = Date.now();
function tick(changed: () => void) {
  const timer = setInterval(() => {
    now = Date.now();
    changed();
  }, 30_000);
  return () => clearInterval(timer);
}
export const useNow = () => useSyncExternalStore(tick, () => now);

/** A moment as its reader reads it, with the exact time and the date-time group on hover. */
export function When({ moment, full, reason }: { moment: Moment | null; full?: boolean; reason?: string }) {
  const reading = useReading();
  const { t } = useTranslation();
  const at = useNow();
  if (moment === null) return <Unknown reason={reason ?? t("when.unpublished")} />;
  const group = dtg(moment);
  const title = group ? `${exact(moment, reading)} · ${group}` : exact(moment, reading);
  return (
    <time className={css.when} dateTime={moment.time} title={title}>
      <bdi>{full ? exact(moment, reading) : short(moment, reading, Math.max(at, Date.now() - 60_000))}</bdi>
    </time>
  );
}

/** An instant that the centre recorded itself; null is never. */
export function Recorded({ at, full, never }: { at: string | null; full?: boolean; never: string }) {
  const known = at !== null && !at.startsWith("0001-");
  return known ? <When moment={instant(at)} full={full} /> : <Unknown reason={never} />;
}
