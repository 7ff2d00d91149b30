// From a type of Cursor-on-Target 2.0 to a letter code of APP-6(B): an atom's
// type (a-affiliation-dimension-function...) was made from those codes. The
// sender's friend or foe is not the centre's: what is neutral to its sender is
// drawn neutral, everything else unknown. The words beside it say what was sent.
const dimensions: Record<string, string> = { P: "P", A: "A", G: "G", S: "S", U: "U", F: "F" };

/** The code, fifteen letters; a position of unknown kind where the type says none. */
export function sidcOf(type: string): string {
  const [atom, affiliation, dimension = "", ...functions] = type.split("-");
  const side = atom === "a" && affiliation?.toLowerCase() === "n" ? "N" : "U";
  const where = atom === "a" ? dimensions[dimension] : undefined;
  if (where === undefined) return `S${side}ZP-----------`;
  const function_ = functions
    .filter((f) => /^[A-Z]$/.test(f))
    .join("")
    .slice(0, 6);
  return `S${side}${where}P${function_.padEnd(6, "-")}-----`;
}

const affiliations: Record<string, string> = {
  ...{ f: "friend", a: "friend", h: "hostile", s: "hostile", n: "neutral", u: "unknown", p: "unknown", j: "unknown" },
  k: "unknown",
};

/** What a type says in words, as parts of catalogue keys: whose the sender takes it for, and where it moves. */
export function typeWords(type: string): { side: string; where: string } {
  const [atom, affiliation = "", dimension = ""] = type.split("-");
  if (atom !== "a") return { side: "unknown", where: atom === "b" ? "point" : "other" };
  const where = { P: "space", A: "air", G: "ground", S: "sea", U: "subsurface", F: "ground" }[dimension] ?? "other";
  return { side: affiliations[affiliation] ?? "unknown", where };
}
