/** The most moments in any period of `span` milliseconds. */
export function busiest(moments: readonly number[], span: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let most = 0;
  for (let last = 0, first = 0; last < sorted.length; last += 1) {
    while ((sorted[first] as number) <= (sorted[last] as number) - span) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
