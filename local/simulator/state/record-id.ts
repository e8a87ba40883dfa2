const canonical = /^(0|[1-9]\d*)$/;

/** True for an id as HubSpot issues them: decimal digits without a leading zero, of any length. */
export function isRecordId(id: string): boolean {
  return canonical.test(id);
}

/** Numeric order of two record ids, exact beyond 2^53: of two canonical decimals the longer is the larger. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The id right after this one: what `paging.next.after` of a list carries (observed). */
export function idAfter(id: string): string {
  return (BigInt(id) + 1n).toString();
}
