import type { Plan, WebhookPlan } from '../plan/plan.ts';

/** Whether a plan still fails. */
export type Fails = (plan: Plan) => Promise<boolean>;

/** The lists of a plan that may be shortened; each gives the plan with fewer of them. */
const lists: readonly {
  readonly of: (plan: Plan) => readonly unknown[];
  readonly with: (plan: Plan, kept: readonly never[]) => Plan;
}[] = [
  { of: ({ crashes }) => crashes, with: (plan, crashes) => ({ ...plan, crashes }) },
  {
    of: ({ faults }) => Object.entries(faults.rates ?? {}),
    with: (plan, rates) => ({ ...plan, faults: { ...plan.faults, rates: Object.fromEntries(rates) } }),
  },
  {
    of: ({ faults }) => faults.corrupt ?? [],
    with: (plan, corrupt) => ({ ...plan, faults: { ...plan.faults, corrupt } }),
  },
  ...(['crashes', 'absences', 'rotations', 'strays'] as const).map((what) => ({
    of: ({ webhooks }: Plan) => webhooks?.[what] ?? [],
    with: ({ webhooks, ...plan }: Plan, kept: readonly never[]): Plan => ({
      ...plan,
      webhooks: webhooks && { ...webhooks, [what]: kept },
    }),
  })),
  { of: ({ deeds }) => deeds, with: (plan, deeds) => ({ ...plan, deeds }) },
  {
    of: ({ portal }) =>
      Object.entries(portal.records).flatMap(([type, records]) => records.map((record) => [type, record] as const)),
    with: (plan, kept: readonly (readonly [string, { readonly id: string }])[]) => ({
      ...plan,
      portal: {
        ...plan.portal,
        records: Object.fromEntries(
          Object.keys(plan.portal.records).map((type) => [
            type,
            kept.flatMap(([of, record]) => (of === type ? [record] : [])),
          ]),
        ) as unknown as Plan['portal']['records'],
      },
    }),
  },
];

const withWebhooks = ({ webhooks, ...plan }: Plan, calm: Partial<WebhookPlan>): Plan => ({
  ...plan,
  webhooks: webhooks && { ...webhooks, ...calm },
});

/** Whole features a plan may do without. */
const features: readonly ((plan: Plan) => Plan)[] = [
  ({ webhooks: _, ...plan }) => plan,
  (plan) => withWebhooks(plan, { duplicates: 0, disorder: 0, valuesAtCreation: false, crashesOfAll: [] }),
  (plan) => withWebhooks(plan, { stalls: 0 }),
  (plan) => withWebhooks(plan, { eventsPerRequest: 100, messagesPerBatch: 50 }),
  ({ otherApps: _, ...plan }) => plan,
  ({ latencyMs: _, ...plan }) => plan,
  ({ searchIndex: _, ...plan }) => plan,
  (plan) => ({ ...plan, backfill: 'frugal' }),
  (plan) => ({ ...plan, polls: plan.polls.map(({ at }) => ({ at })) }),
  ({ searchIndex, ...plan }) => ({
    ...plan,
    searchIndex: searchIndex && { ...searchIndex, staleRows: 0, outsideWindow: 0, unordered: 0 },
  }),
];

/**
 * The smallest plan found that still fails: lists lose halves, then quarters and so on as long as that changes nothing
 * (delta debugging, Zeller and Hildebrandt, https://doi.org/10.1109/32.988498). Plays at most `plays` plans.
 */
export async function shrunk(plan: Plan, fails: Fails, plays: number): Promise<Plan> {
  let smallest = plan;
  let left = plays;
  const tried = async (candidate: Plan): Promise<boolean> => {
    if (left <= 0) return false;
    left -= 1;
    if (!(await fails(candidate))) return false;
    smallest = candidate;
    return true;
  };
  for (const without of features) await tried(without(smallest));
  for (let shorter = true; shorter && left > 0; ) {
    shorter = false;
    for (const list of lists) {
      for (let size = Math.ceil(list.of(smallest).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let from = 0; from < list.of(smallest).length; ) {
          const all = list.of(smallest);
          const fewer = all.filter((_, index) => index < from || index >= from + size);
          if (await tried(list.with(smallest, fewer as never[]))) shorter = true;
          else from += size;
          if (left <= 0) return smallest;
        }
      }
    }
  }
  return smallest;
}
