import { seenAt } from '../records/as-of.ts';
import type { Fact, Instant } from '../records/record.ts';
import type { Day } from '../time/zone.ts';
import { attributedAt } from './attribution.ts';
import { combineAll } from './combine-all.ts';
import { attributionsOfMetric, contributionOf, type FactMetric } from './fact-contribution.ts';
import { followersAmong } from './followers.ts';
import { inStock, inWindow } from './in-window.ts';
import { type Measurement, notMeasured } from './measurement.ts';
import type { Customer, CustomerMetric, Mapped, Metric, Moment, Window } from './metric.ts';

/** One measurement per figure of a metric, see `figureKey`. */
export type Figures = Readonly<Record<string, Measurement>>;

interface FactScope extends Moment {
  readonly window: Window;
}

/**
 * An event, case or stock metric over any facts, as they stood just before `asOf`. Followers of case metrics are found among
 * the same facts, so these must not be cut to the window beforehand.
 */
export function measureFacts(metric: FactMetric, facts: readonly Fact[], { window, ...moment }: FactScope): Figures {
  const { asOf } = moment;
  const counts = metric.kind === 'population' ? inStock : inWindow;
  const followersOf = metric.kind === 'case' ? followersAmong(facts) : () => [];
  const contributions = facts.flatMap((fact) => {
    const seen = seenAt(fact, asOf);
    if (seen === null) return [];
    return attributionsOfMetric(metric)
      .filter((by) => counts(attributedAt(by, seen), window))
      .map((by) => contributionOf(metric, by, seen, { ...moment, followersOf }));
  });
  return metric.present(
    combineAll(
      metric,
      contributions.filter((contribution) => contribution !== null),
    ),
  );
}

/** Every figure of a metric that this portal cannot tell; null where it can. */
export function refusalOf(metric: Metric, mapped: Mapped): Figures | null {
  const because = metric.refuses?.(mapped) ?? null;
  if (because === null) return null;
  return Object.fromEntries(Object.keys(metric.present(metric.empty)).map((figure) => [figure, notMeasured(because)]));
}

/** A customer and the facts around it as they stood just before a moment. */
export function customerSeenAt(customer: Customer, asOf: Instant): Customer {
  const { facts, ...record } = customer;
  const fields = seenAt(record as Fact<Customer['kind']>, asOf)?.fields ?? customer.fields;
  return { ...customer, fields, facts: facts.flatMap((fact) => seenAt(fact, asOf) ?? []) };
}

interface CustomerScope extends FactScope {
  readonly dayOf: (at: Instant) => Day;
  readonly mapped: Mapped;
}

/** A metric of customers over any customers, as they stood just before `asOf`. */
export function measureCustomers(
  metric: CustomerMetric,
  customers: readonly Customer[],
  { window, asOf, dayOf, mapped }: CustomerScope,
): Figures {
  const refusal = refusalOf(metric, mapped);
  if (refusal) return refusal;
  const contributions = customers.map((customer) => metric.prepare(customerSeenAt(customer, asOf), window, dayOf));
  return metric.present(
    combineAll(
      metric,
      contributions.filter((contribution) => contribution !== null),
    ),
  );
}
