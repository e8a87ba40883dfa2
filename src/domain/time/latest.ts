/** The last of the items, ascending by `from`, that begins at or before a moment; undefined before the first. */
export function latest<T extends { readonly from: number }>(items: readonly T[], at: number): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as T).from <= at) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
