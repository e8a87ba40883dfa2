import { type Random, randomStream } from '#local/portals/demo/random.ts';

/** A stretch of ids: where it begins, which share of the records lies in it, and how far apart they are at most. */
interface Stretch {
  readonly from: number;
  readonly share: number;
  readonly apart: number;
}

/**
 * How ids lie in an account that is some years old: few small ones from its first years, then stretches far apart, most
 * of them near 5e11 (observed in captures of real accounts).
 */
const stretches: readonly Stretch[] = [
  { from: 51, share: 0.01, apart: 100 },
  { from: 9_000_000, share: 0.03, apart: 700 },
  { from: 18_400_000_000, share: 0.06, apart: 60_000 },
  { from: 87_000_000_000, share: 0.1, apart: 400 },
  { from: 512_000_000_000, share: 0.35, apart: 90 },
  { from: 523_000_000_000, share: 0.45, apart: 3_000 },
];

/** So many ids, ascending, each once; the same for the same seed and purpose. */
export function unevenIds(count: number, seed: number, purpose: string): string[] {
  const random = randomStream(seed, `ids of ${purpose}`);
  const sizes = stretches.map(({ share }) => Math.floor(share * count));
  const last = sizes.length - 1;
  sizes[last] = (sizes[last] ?? 0) + count - sizes.reduce((sum, size) => sum + size, 0);
  return stretches.flatMap((stretch, at) => idsIn(stretch, sizes[at] ?? 0, random));
}

function idsIn({ from, apart }: Stretch, count: number, random: Random): string[] {
  const ids: string[] = [];
  for (let id = from; ids.length < count; id += random.integer(1, apart)) ids.push(String(id));
  return ids;
}
