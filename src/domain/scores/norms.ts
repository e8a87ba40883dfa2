import type { Customer } from '../metrics/metric.ts';
import type { Instant } from '../records/record.ts';
import { type ProductNorms, productNormsOf } from './companions.ts';
import { type Observation, observe } from './observe.ts';
import { inUseDays } from './periods.ts';
import { type PortalInput, portalInputs } from './portal-inputs.ts';

/** What is typical among the current customers of one kind; null without any to compare with. */
export interface KindNorms {
  readonly usageMedian: number | null;
  /** Tickets opened in 90 days: three of four customers have at most so many, nine of ten at most so many. */
  readonly ticketsP75: number;
  readonly ticketsP90: number;
}

/** What is typical in a portal. Plain data: computed once, stored, handed to every score of the day. */
export interface Norms {
  readonly has: Readonly<Record<PortalInput, boolean>>;
  readonly byKind: Readonly<Record<Customer['kind'], KindNorms>>;
  readonly products: ProductNorms;
}

const recent = (days: number | null): boolean => days !== null && days <= inUseDays;

const inUse: Readonly<Record<PortalInput, (seen: Observation) => boolean>> = {
  nps: ({ answers }) => answers.moods.nps.n > 0,
  csat: ({ answers }) => answers.moods.csat.n > 0,
  ces: ({ answers }) => answers.moods.ces.n > 0,
  tickets: ({ tickets }) => recent(tickets.daysSinceLast),
  usage: ({ usage }) => usage !== null,
  contract: ({ relationship, subscriptions }) => relationship.renewalInDays !== null || subscriptions > 0,
  products: ({ products }) => products !== null,
};

/** The value that a share of the sorted list does not exceed; null for an empty list. */
const atShare = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;

interface Samples {
  readonly usage: number[];
  readonly tickets: number[];
}

const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);

function kindNormsOf({ usage, tickets }: Samples): KindNorms {
  ascending(usage);
  ascending(tickets);
  return {
    usageMedian: atShare(usage, 0.5),
    ticketsP75: atShare(tickets, 0.75) ?? 0,
    ticketsP90: atShare(tickets, 0.9) ?? 0,
  };
}

/** What is typical in a portal at a moment: inputs in use by anybody, medians and products of its current customers. */
export function normsOf(customers: Iterable<Customer>, asOf: Instant): Norms {
  const has = Object.fromEntries(portalInputs.map((input) => [input, false])) as Record<PortalInput, boolean>;
  const samples: Readonly<Record<Customer['kind'], Samples>> = {
    contact: { usage: [], tickets: [] },
    company: { usage: [], tickets: [] },
  };
  const baskets: (readonly string[])[] = [];
  for (const customer of customers) {
    const seen = observe(customer, asOf);
    for (const input of portalInputs) has[input] ||= inUse[input](seen);
    if (seen.relationship.standing !== 'current') continue;
    if (seen.usage) samples[customer.kind].usage.push(seen.usage.recent);
    samples[customer.kind].tickets.push(seen.tickets.opened);
    if (seen.products) baskets.push(seen.products);
  }
  return {
    has,
    byKind: { contact: kindNormsOf(samples.contact), company: kindNormsOf(samples.company) },
    products: productNormsOf(baskets),
  };
}
