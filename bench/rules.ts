import type { Customer } from '#domain/metrics/metric.ts';
import { scoreCustomer } from '#domain/scores/customer-score.ts';
import { normsOf } from '#domain/scores/norms.ts';
import type { World } from '#local/portals/demo/customer.ts';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { customerUnits } from '#pipeline/customers.ts';
import type { BenchOptions, Figure } from './harness/figure.ts';
import { type BandCount, liftOf } from './support/lift.ts';
import { customersOfPortal } from './support/portal-in-memory.ts';

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
const horizonMs = 90 * 24 * 3_600_000;

const key = (kind: Customer['kind'], id: string): string => `${kind} ${id}`;
const kindOf = { contacts: 'contact', companies: 'company' } as const;

/** Scores one demo portal as of its last day, and counts who of the high band leaves in the 90 days after it. */
async function countPortal(seed: number, world: World): Promise<BandCount> {
  const { portal, truth } = demoPortal({ seed, world });
  const asOf = Date.parse(portal.definition.asOf);
  const leaving = new Set(
    truth.leaves
      .filter(({ at }) => Date.parse(at) >= asOf && Date.parse(at) < asOf + horizonMs)
      .map(({ type, id }) => key(kindOf[type], id)),
  );
  const { contact, company } = await customersOfPortal(portal);
  const norms = normsOf(
    [...company.values(), ...contact.values()].map(({ customer }) => customer),
    asOf,
  );
  const scores = customerUnits({ contact, company })
    .map((customer) => scoreCustomer({ customer, asOf, norms }))
    .filter(({ standing }) => standing === 'current');
  const flagged = scores.filter(({ churn }) => churn.band === 'high');
  const leaves = (list: typeof scores): number => list.filter(({ kind, id }) => leaving.has(key(kind, id))).length;
  return {
    flagged: flagged.length,
    flaggedLeaving: leaves(flagged),
    customers: scores.length,
    leaving: leaves(scores),
  };
}

async function countWorld(world: World, progress: BenchOptions['progress']): Promise<BandCount[]> {
  const counts: BandCount[] = [];
  for (const seed of seeds) {
    const count = await countPortal(seed, world);
    counts.push(count);
    const { flagged, flaggedLeaving, customers, leaving } = count;
    progress(
      `${world} world, seed ${seed}: ${flaggedLeaving} of ${flagged} in the high band leave, ${leaving} of ${customers} in all`,
    );
  }
  return counts;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export const name = 'rules';

export const describes = `lift of the high churn-risk band over ${seeds.length} demo portals and as many null worlds`;

/**
 * How many times likelier the high band of the frozen rules is to leave within 90 days. Portals go through the simulator
 * and the real adapter; the store is left out. In null worlds leaving has nothing to do with experience: 1 must lie
 * between `null.lift.low` and `null.lift.high`.
 */
export async function run({ progress }: BenchOptions): Promise<Figure[]> {
  const [real, nothing] = [await countWorld('real', progress), await countWorld('null', progress)];
  const [lift, nullLift] = [liftOf(real), liftOf(nothing)];
  const weakest = Math.min(...real.map((count) => liftOf([count]).value));
  const figure = (id: string, value: number, goal: number, better: Figure['better'], beside = {}): Figure => ({
    id,
    value: rounded(value),
    unit: '×',
    goal,
    better,
    beside: { 'no skill': 1, ...beside },
  });
  const estimate = { estimate: rounded(nullLift.value) };
  return [
    figure('real.lift', lift.value, 2, 'higher'),
    figure('real.lift.low', lift.low, 2, 'higher'),
    figure('real.lift.weakestPortal', weakest, 2, 'higher'),
    figure('null.lift.low', nullLift.low, 1, 'lower', estimate),
    figure('null.lift.high', nullLift.high, 1, 'higher', estimate),
  ];
}
