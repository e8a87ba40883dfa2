import { seenAt } from '../records/as-of.ts';
import type { Fact, Instant } from '../records/record.ts';
import type { Day } from '../time/zone.ts';
import { attributedAt } from './attribution.ts';
import { combineAll } from './combine-all.ts';
import { attributionsOfMetric, contributionOf, type FactMetric } from './fact-contribution.ts';
import { followersAmong } from './followers.ts';
import { inStock, inWindow } from './in-window.ts';
import { type Measurement, notMeasured } from './measurement.ts';
import type { Customer, CustomerMetric, Mapped, Window } from './metric.ts';

/** One measurement per figure of a metric, see `figureKey`. */
export type Figures = Readonly<Record<string, Measurement>>;

interface FactScope {
  readonly window: Window;
  readonly asOf: Instant;
}

/**
 * An event, case or stock metric over any facts, as they stood just before `asOf`. Followers of case metrics are found among
 * the same facts, so these must not be cut to the window beforehand.
 */
export function measureFacts(metric: FactMetric, facts: readonly Fact[], { window, asOf }: FactScope): Figures {
  const counts = metric.kind === 'population' ? inStock : inWindow;
  const followersOf = metric.kind === 'case' ? followersAmong(facts) : () => [];
  const contributions = facts.flatMap((fact) => {
    const seen = seenAt(fact, asOf);
    if (seen === null) return [];
    return attributionsOfMetric(metric)
      .filter((by) => counts(attributedAt(by, seen), window))
      .map((by) => contributionOf(metric, by, seen, { asOf, followersOf }));
  });
  return metric.present(
    combineAll(
      metric,
      contributions.filter((contribution) => contribution !== null),
    ),
  );
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
  const refusal = metric.refuses?.(mapped) ?? null;
  if (refusal !== null) {
    const figures = Object.keys(metric.present(metric.empty));
    return Object.fromEntries(figures.map((figure) => [figure, notMeasured(refusal)]));
  }
  const contributions = customers.map((customer) => metric.prepare(customerSeenAt(customer, asOf), window, dayOf));
  return metric.present(
    combineAll(
      metric,
      contributions.filter((contribution) => contribution !== null),
    ),
  );
}
