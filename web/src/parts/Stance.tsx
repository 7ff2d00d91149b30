import { useTranslation } from "react-i18next";
import css from "./Stance.module.css";

export type StanceOf = "ASSERT" | "CONFIRM" | "DENY" | "PARTIAL" | "UNVERIFIED" | "DECLINE" | "RETRACT" | "CORRECT";

// A stance has a shape, a colour and a word, so that none of the three is needed alone.
const shapes: Record<StanceOf, { colour: string; shape: React.ReactNode }> = {
  ASSERT: { colour: "var(--ink-2)", shape: <circle cx="8" cy="8" r="5" fill="currentColor" /> },
  CONFIRM: {
    colour: "var(--good)",
    shape: (
      <>
        <circle cx="8" cy="8" r="3.4" fill="currentColor" />
        <circle cx="8" cy="8" r="6.4" />
      </>
    ),
  },
  DENY: {
    colour: "var(--alarm)",
    shape: (
      <>
        <circle cx="8" cy="8" r="5.6" />
        <path d="M2 8h12" strokeWidth="2.4" />
      </>
    ),
  },
  PARTIAL: {
    colour: "var(--warn)",
    shape: (
      <>
        <circle cx="8" cy="8" r="5.6" />
        <path d="M8 2.4a5.6 5.6 0 0 0 0 11.2z" fill="currentColor" />
      </>
    ),
  },
  UNVERIFIED: { colour: "var(--ink-3)", shape: <circle cx="8" cy="8" r="5.6" strokeDasharray="2 2" /> },
  DECLINE: {
    colour: "var(--ink-3)",
    shape: (
      <>
        <circle cx="8" cy="8" r="5.6" />
        <path d="M5.6 8h4.8" />
      </>
    ),
  },
  RETRACT: {
    colour: "var(--alarm)",
    shape: (
      <>
        <circle cx="8" cy="8" r="5.6" />
        <path d="M3 13 13 3" strokeWidth="2" />
      </>
    ),
  },
  CORRECT: {
    colour: "var(--warn)",
    shape: (
      <>
        <circle cx="8" cy="8" r="5.6" />
        <path d="m5.4 8.2 1.9 1.9 3.4-3.8" />
      </>
    ),
  },
};

/** How somebody stands to what is said: its shape, and its word beside it or for those who cannot see it. */
export function StanceMark({ stance, word = false }: { stance: string; word?: boolean }) {
  const { t } = useTranslation();
  const { colour, shape } = shapes[stance as StanceOf] ?? shapes.UNVERIFIED;
  const text = t(`stance.${stance}`);
  return (
    <span className={css.stance} style={{ color: colour }} title={word ? undefined : text} data-stance={stance}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        {shape}
      </svg>
      <span className={word ? undefined : "sr-only"}>{text}</span>
    </span>
  );
}
