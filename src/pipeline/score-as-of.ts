import type { Customer } from '../domain/metrics/metric.ts';
import type { Instant, RecordId } from '../domain/records/record.ts';
import { normsOf } from '../domain/scores/norms.ts';
import type { CustomerScore } from '../domain/scores/score.ts';
import { portalZone } from './connector.ts';
import { allCustomers, type LoadedCustomer } from './customers.ts';
import type { Store } from './ports.ts';
import { scoreOne, scoringOrder } from './score-one.ts';

/** Without what carries no date of its own: its value of that day is not known, and today's must not be used. */
const datedOnly = (customer: Customer): Customer => ({
  ...customer,
  fields: {
    ...customer.fields,
    isCustomer: false,
    usageRecent: null,
    usageBefore: null,
    renewalAt: null,
    products: null,
  },
  facts: customer.facts.filter(({ kind }) => kind !== 'subscription'),
});

/** Everybody's scores as of a past moment, from the facts that carry their own date. Nothing is stored. */
export async function* scoresAsOf(store: Store, asOf: Instant): AsyncGenerator<LoadedCustomer> {
  const today = (await portalZone(store)).dayOf(asOf);
  const loaded = await allCustomers(store);
  const past = scoringOrder.flatMap((kind) =>
    [...loaded[kind].values()].map((each) => ({ ...each, customer: datedOnly(each.customer), score: null })),
  );
  const norms = normsOf(
    past.map(({ customer }) => customer),
    asOf,
  );
  const companies = new Map<RecordId, CustomerScore>();
  for (const each of past) {
    const score = scoreOne(each, { norms, asOf, today, companies });
    if (each.key.kind === 'company') companies.set(each.key.id, score.score);
    yield { ...each, score };
  }
}
