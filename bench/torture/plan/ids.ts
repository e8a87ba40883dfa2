import type { Random } from '#local/portals/demo/random.ts';

/** Ids as they are and were and might be: short ones, today's, and some that no floating-point number holds. */
const ranges: readonly (readonly [from: bigint, width: number])[] = [
  [1n, 999],
  [100_000_000n, 900_000_000],
  [520_000_000_000n, 1_000_000_000],
  [9_007_199_254_740_993n, 1_000],
  [9_223_372_036_854_000_000n, 700_000],
];

/** Draws ids that were not drawn before. */
export function idDrawer(random: Random): () => string {
  const drawn = new Set<string>();
  return () => {
    for (;;) {
      const [from, width] = random.pick(ranges);
      const id = String(from + BigInt(random.integer(0, width)));
      if (drawn.has(id)) continue;
      drawn.add(id);
      return id;
    }
  };
}
