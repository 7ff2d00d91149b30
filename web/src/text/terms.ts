// Terms of the search language in a query text: facets add and remove them, so
// that what filters is always readable in the search field and in the address.
const quoted = (value: string) => (/[\s"()]/.test(value) ? `"${value.replaceAll('"', "")}"` : value);

// A quoted value belongs to the field before it; anything else ends at a space.
const words = (q: string): string[] => q.match(/-?[a-z]+:"[^"]*"|"[^"]*"|\S+/g) ?? [];

/** The value that a field is narrowed to, or null. */
export function termOf(q: string, field: string): string | null {
  for (const word of words(q)) {
    if (word.startsWith(`${field}:`)) return word.slice(field.length + 1).replaceAll('"', "");
  }
  return null;
}

/** Narrows a field to a value, in place of an earlier one; the same value again, or null, widens it. */
export function withTerm(q: string, field: string, value: string | null): string {
  const rest = words(q).filter((word) => !word.startsWith(`${field}:`));
  if (value !== null && termOf(q, field) !== value) rest.push(`${field}:${quoted(value)}`);
  return rest.join(" ");
}
