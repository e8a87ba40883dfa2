/** The part of a metric that adds contributions up. */
interface Combining<C> {
  readonly empty: C;
  combine(a: C, b: C): C;
}

/** Many contributions as one. Combined in pairs of like size, so that long lists are copied few times. */
export function combineAll<C>({ empty, combine }: Combining<C>, contributions: readonly C[]): C {
  let level = contributions;
  while (level.length > 1) {
    const pairs: C[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a = empty, b = empty] = level.slice(i, i + 2);
      pairs.push(combine(a, b));
    }
    level = pairs;
  }
  return level[0] ?? empty;
}
