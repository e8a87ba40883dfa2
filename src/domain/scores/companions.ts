/** A product and the share (0–1) of comparable customers who have it. */
export interface Companion {
  readonly product: string;
  readonly share: number;
}

/** Customers who have a product (or any at all), and what else they have, the most frequent first. */
export interface Companions {
  readonly n: number;
  readonly others: readonly Companion[];
}

/** Which products go together in a portal. Survives JSON. */
export interface ProductNorms {
  /** Among all current customers whose products are known. */
  readonly everybody: Companions;
  readonly byProduct: Readonly<Record<string, Companions>>;
}

/** What this customer does not have and comparable customers do. `with` null: compared with everybody. */
export interface RoomToGrow extends Companion {
  readonly with: string | null;
  readonly n: number;
}

/** Fewer comparable customers say nothing. Default of ours. */
const minimumCustomers = 10;
/** Below this share others do not "often" have it. Default of ours. */
const oftenFrom = 0.3;

const ranked = (n: number, counts: ReadonlyMap<string, number>): Companions => ({
  n,
  others: [...counts]
    .map(([product, count]) => ({ product, share: count / n }))
    .sort((a, b) => b.share - a.share || (a.product < b.product ? -1 : 1)),
});

/** Counts which products are owned together; one list of products per current customer. */
export function productNormsOf(baskets: readonly (readonly string[])[]): ProductNorms {
  const all = new Map<string, number>();
  const together = new Map<string, Map<string, number>>();
  const add = (counts: Map<string, number>, product: string) => counts.set(product, (counts.get(product) ?? 0) + 1);
  for (const basket of baskets) {
    const products = new Set(basket);
    for (const product of products) {
      add(all, product);
      const others = together.get(product) ?? new Map<string, number>();
      together.set(product, others);
      for (const other of products) if (other !== product) add(others, other);
    }
  }
  const byProduct = [...together].map(([product, others]) => [product, ranked(all.get(product) ?? 0, others)] as const);
  return { everybody: ranked(baskets.length, all), byProduct: Object.fromEntries(byProduct) };
}

function firstMissing(companions: Companions, owned: readonly string[], owner: string | null): RoomToGrow | null {
  if (companions.n < minimumCustomers) return null;
  const found = companions.others.find(({ product }) => !owned.includes(product));
  return found && found.share >= oftenFrom ? { ...found, with: owner, n: companions.n } : null;
}

/** The missing product most often owned together with one that this customer has; null where there is none. */
export function roomToGrow(owned: readonly string[], { everybody, byProduct }: ProductNorms): RoomToGrow | null {
  if (owned.length === 0) return firstMissing(everybody, owned, null);
  let best: RoomToGrow | null = null;
  for (const product of owned) {
    const companions = Object.hasOwn(byProduct, product) ? byProduct[product] : undefined;
    const found = companions && firstMissing(companions, owned, product);
    if (found && (best === null || found.share > best.share)) best = found;
  }
  return best;
}
