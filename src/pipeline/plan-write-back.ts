/** What to do about one record's own properties: write the differing ones, or keep them, and why. */
export type WriteDecision =
  | { readonly write: Readonly<Record<string, string>> }
  | { readonly keep: true; readonly because: 'nothing to say yet' | 'already as wanted' };

/** Properties that say when and by what a score was made: worth a write only together with something else. */
const stamps: ReadonlySet<string> = new Set(['cx_scored_at', 'cx_score_version']);

/**
 * Compares what a record holds with what we want it to hold; an absent property counts as empty.
 * `same` knows each property's notation (`"71"` and `"71.0"` are one number).
 */
export function planWriteBack(
  held: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
  same: (property: string, held: string, wanted: string) => boolean,
): WriteDecision {
  const differing = Object.entries(wanted).filter(([property, value]) => !same(property, held[property] ?? '', value));
  if (differing.some(([property]) => !stamps.has(property))) return { write: Object.fromEntries(differing) };
  const empty = Object.entries(wanted).every(([property, value]) => stamps.has(property) || value === '');
  return { keep: true, because: empty ? 'nothing to say yet' : 'already as wanted' };
}
