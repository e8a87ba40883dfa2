import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Customer } from '#domain/metrics/metric.ts';
import type { Fact, FieldsByKind } from '#domain/records/record.ts';
import { breakDown } from '#domain/scores/breakdown.ts';
import { scoreCustomer } from '#domain/scores/customer-score.ts';
import type { ModelScore } from '#domain/scores/model-score.ts';
import { normsOf } from '#domain/scores/norms.ts';
import { reason } from '#domain/scores/reason.ts';
import { customers, knownCustomers } from './arbitrary.ts';
import { answer, asOf, daysAgo, fullPortal, hoursAfter, openTicket } from './builders.ts';

const score = (customer: Customer) => scoreCustomer({ customer, asOf, norms: fullPortal });
const health = (customer: Customer): number => score(customer).health.breakdown?.score ?? Number.NaN;
const churn = (customer: Customer): number => score(customer).churn.breakdown?.score ?? Number.NaN;

const sumOf = ({ breakdown }: ModelScore): number | null =>
  breakdown === null
    ? null
    : breakdown.lines.reduce((sum, { points }) => sum + points, breakdown.base + breakdown.everythingElse);

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe('every score', () => {
  test('adds up exactly: base, five reasons and everything else', () => {
    fc.assert(
      fc.property(customers, (customer) => {
        const { health, churn, upsell } = score(customer);
        for (const model of [health, churn, upsell]) {
          expect(sumOf(model)).toBe(model.breakdown?.score ?? null);
          expect(model.breakdown?.lines.length ?? 0).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('adds up for any contributions, each less than a point from its exact value', () => {
    const contribution = fc.double({ min: -60, max: 60, noNaN: true }).map((points) => ({
      ...reason('everythingElse', {}),
      points,
    }));
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 12 }), (contributions) => {
        const { score, base, lines, everythingElse } = breakDown(50, contributions);
        const exact = contributions.reduce((sum, { points }) => sum + points, 50);
        expect(lines.reduce((sum, { points }) => sum + points, base + everythingElse)).toBe(score);
        expect(Math.abs(score - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
        for (const { points } of lines) {
          expect(Number.isInteger(points)).toBe(true);
          expect(contributions.some((known) => Math.abs(known.points - points) < 1)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('stays within its bounds, is finite for absurd input, and survives JSON', () => {
    fc.assert(
      fc.property(fc.array(customers, { maxLength: 15 }), (portal) => {
        const norms = JSON.parse(JSON.stringify(normsOf(portal, asOf)));
        for (const customer of portal) {
          const result = scoreCustomer({ customer, asOf, norms });
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
          expect(numbersIn(result).every(Number.isFinite)).toBe(true);
          for (const { breakdown } of [result.health, result.upsell]) {
            expect(breakdown?.score ?? 0).toBeGreaterThanOrEqual(0);
            expect(breakdown?.score ?? 0).toBeLessThanOrEqual(100);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is the same for the same facts in any order', () => {
    fc.assert(
      fc.property(customers, fc.infiniteStream(fc.nat()), (customer, keys) => {
        const keyed = customer.facts.map((fact) => ({ fact, key: keys.next().value ?? 0 }));
        const facts = keyed.sort((a, b) => a.key - b.key).map(({ fact }) => fact);
        expect(score({ ...customer, facts })).toEqual(score(customer));
      }),
    );
  });

  test('abstains with a reason or has a score, never both', () => {
    fc.assert(
      fc.property(customers, (customer) => {
        const { health, churn, upsell } = score(customer);
        for (const { breakdown, because, band } of [health, churn, upsell]) {
          expect(breakdown === null).toBe(because !== null);
          expect(band === 'insufficient_data').toBe(because !== null);
        }
        expect(upsell.candidate).toBe(upsell.whyNot === null);
      }),
    );
  });

  test('changes its fingerprint when what it looked at changes, and only then', () => {
    fc.assert(
      fc.property(knownCustomers, (customer) => {
        const renamed = { ...customer, fields: { ...customer.fields, name: 'Another name' } };
        expect(score(renamed).fingerprint).toBe(score(customer).fingerprint);
        const used = { ...customer, fields: { ...customer.fields, usageRecent: 777 } };
        expect(score(used).fingerprint).not.toBe(score(customer).fingerprint);
      }),
    );
  });
});

/** Changes the first fact of a kind that `fits`; null where there is none. */
function changed<K extends 'ticket' | 'answer' | 'subscription'>(
  customer: Customer,
  kind: K,
  change: (fields: FieldsByKind[K]) => Partial<FieldsByKind[K]> | null,
): Customer | null {
  for (const [index, fact] of customer.facts.entries()) {
    const fields = fact.kind === kind ? change(fact.fields as FieldsByKind[K]) : null;
    if (fields)
      return {
        ...customer,
        facts: customer.facts.with(index, { ...fact, fields: { ...fact.fields, ...fields } } as Fact),
      };
  }
  return null;
}

const withFields = (customer: Customer, fields: Partial<Customer['fields']>): Customer =>
  ({ ...customer, fields: { ...customer.fields, ...fields } }) as Customer;

const worse: readonly (readonly [says: string, make: (customer: Customer) => Customer | null])[] = [
  [
    'a lower recommendation',
    (of) => changed(of, 'answer', ({ metric, rating }) => (metric === 'nps' && rating ? { rating: rating - 1 } : null)),
  ],
  [
    'a lower satisfaction',
    (of) =>
      changed(of, 'answer', ({ metric, rating }) =>
        metric === 'csat' && rating && rating > 1 ? { rating: rating - 1 } : null,
      ),
  ],
  [
    'more effort',
    (of) =>
      changed(of, 'answer', ({ metric, rating }) =>
        metric === 'ces' && rating && rating > 1 ? { rating: rating - 1 } : null,
      ),
  ],
  ['less use', (of) => withFields(of, { usageRecent: Math.floor((of.fields.usageRecent ?? 0) / 2) })],
  ['more use before', (of) => withFields(of, { usageBefore: 2 * (of.fields.usageBefore ?? 0) + 1 })],
  ['a payment past due', (of) => changed(of, 'subscription', () => ({ status: 'past_due' }))],
  [
    'a later first reply',
    (of) =>
      changed(of, 'ticket', ({ firstResponseAt: at }) =>
        at && at < daysAgo(3) ? { firstResponseAt: hoursAfter(at, 60) } : null,
      ),
  ],
  ['another open ticket', (of) => ({ ...of, facts: [...of.facts, openTicket(2, { firstResponseAt: null })] })],
  ['another ageing ticket', (of) => ({ ...of, facts: [...of.facts, openTicket(40, { firstResponseAt: null })] })],
  [
    'a reopening',
    (of) =>
      changed(of, 'ticket', ({ isClosed, reopenedAt, endedAt }) =>
        isClosed && !reopenedAt && endedAt && endedAt < asOf ? { reopenCount: 1, reopenedAt: endedAt - 1 } : null,
      ),
  ],
  [
    'another unhappy answer to the same question',
    (of) => ({ ...of, facts: [...of.facts, answer('csat', 1, { answeredAt: daysAgo(1) })] }),
  ],
];

describe('the polarity of scores', () => {
  test.each(worse)('%s never raises health and never lowers churn risk', (_, make) => {
    fc.assert(
      fc.property(knownCustomers, (customer) => {
        const harmed = make(customer);
        if (!harmed) return;
        expect(health(harmed)).toBeLessThanOrEqual(health(customer));
        expect(churn(harmed)).toBeGreaterThanOrEqual(churn(customer));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [
      'an earlier renewal',
      (of: Customer, days: number) => withFields(of, { renewalAt: (of.fields.renewalAt ?? 0) - days * 86_400_000 }),
    ],
    [
      'a longer silence',
      (of: Customer, days: number) =>
        withFields(of, { lastContactedAt: (of.fields.lastContactedAt ?? 0) - days * 86_400_000 }),
    ],
  ])('%s never lowers churn risk', (_, make) => {
    fc.assert(
      fc.property(knownCustomers, fc.integer({ min: 1, max: 10 }), (customer, days) => {
        expect(churn(make(customer, days))).toBeGreaterThanOrEqual(churn(customer));
      }),
    );
  });
});
