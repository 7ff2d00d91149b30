// The words of events: the centre's own categories, in the order of its code list.
import type { Toll } from "../../api/types";

export const categories = [
  ...["armed_clash", "remote_strike", "explosive_hazard", "attack_on_civilians", "abduction", "protest", "riot"],
  ...["arrest_detention", "access_denial", "force_movement", "agreement", "info_sharing", "joint_activity"],
  ...["aid_movement", "ceasefire_withdrawal", "crime_piracy", "hazard", "health", "displacement"],
  ...["accident_near_miss", "protected_site_damage", "cyber", "statement", "other"],
] as const;

/** A figure with its bounds: "12", or "3–5–12" for low, best and high. */
export function tollText(t: Toll, number: (n: number) => string): string {
  if (t.low === t.best && t.best === t.high) return number(t.best);
  return [t.low, t.best, t.high].map(number).join("–");
}
