/**
 * A simple random sample of a list without repetition, in the order of the list; all of it where it is shorter. The same
 * seed draws the same. Source: R. Floyd in J. Bentley, "Programming pearls: a sample of brilliance", CACM 30(9), 1987.
 */
export function randomSample<T>(list: readonly T[], size: number, seed: number): T[] {
  const draw = draws(seed);
  const chosen = new Set<number>();
  for (let last = Math.max(0, list.length - size); last < list.length; last++) {
    const at = Math.floor(draw() * (last + 1));
    chosen.add(chosen.has(at) ? last : at);
  }
  return [...chosen].sort((a, b) => a - b).map((at) => list[at] as T);
}

/** Numbers in [0, 1): a Weyl sequence through the finalizer of MurmurHash3 (public domain, A. Appleby). */
function draws(seed: number): () => number {
  // A seed may be a moment in milliseconds, which has more than 32 bits.
  let state = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
