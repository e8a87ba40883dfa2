import { describe, expect, test } from 'vitest';
import { customerChurn } from '#domain/metrics/customer-churn.ts';
import { customerRetention } from '#domain/metrics/customer-retention.ts';
import { customerRetentionCohort } from '#domain/metrics/customer-retention-cohort.ts';
import { customersLost } from '#domain/metrics/customers-lost.ts';
import { measureCustomers } from '#domain/metrics/measure.ts';
import { repeatPurchaseRate } from '#domain/metrics/repeat-purchase-rate.ts';
import { asOf, everything, figure, newYork } from './everything.ts';
import { at, customer, purchase, ticket } from './facts.ts';

const year = { from: at('2026-01-01T05:00:00Z'), to: asOf, undated: false };
const mapped = { endOfRelationship: true, businessHours: false };
const scope = { window: year, asOf, dayOf: newYork.dayOf, mapped };

describe('cohort retention', () => {
  const before = at('2025-06-01T00:00:00Z');
  const within = at('2026-06-01T00:00:00Z');

  test.each([
    ['a customer throughout', { customerSince: before }, { value: 1, n: 1 }],
    ['one lost within', { customerSince: before, customerUntil: within }, { value: 0, n: 1 }],
    ['one won within', { customerSince: within }, { status: 'not_measured' }],
    ['one lost long ago', { customerSince: before - 2, customerUntil: before }, { status: 'not_measured' }],
    ['one who came back before', { customerSince: before, customerUntil: before - 1 }, { value: 1, n: 1 }],
    ['one of unknown beginning', { customerUntil: within }, { status: 'not_measured' }],
    ['one who began at the very start', { customerSince: year.from }, { status: 'not_measured' }],
    ['one who ends at the very end', { customerSince: before, customerUntil: year.to }, { value: 1, n: 1 }],
  ])('counts %s so', (_, fields, expected) => {
    expect(figure(measureCustomers(customerRetentionCohort, [customer(fields)], scope))).toMatchObject(expected);
  });

  test('does not know of losses after the moment of the report', () => {
    const lost = customer({ customerSince: before, customerUntil: within });
    const then = { ...scope, window: { ...year, to: within }, asOf: within };
    expect(figure(measureCustomers(customerRetentionCohort, [lost], then))).toMatchObject({ value: 1, n: 1 });
  });

  test('is refused where the end of the relationship is not mapped, rather than guessed', () => {
    const unmapped = { ...scope, mapped: { endOfRelationship: false, businessHours: false } };
    expect(measureCustomers(customerRetentionCohort, [customer({ customerSince: before })], unmapped)).toEqual({
      value: { status: 'not_measured', because: 'no end of the relationship is mapped', n: 0 },
    });
  });

  test('is not measured over all data, which has no beginning', () => {
    const always = { ...scope, window: everything };
    expect(figure(measureCustomers(customerRetentionCohort, [customer({ customerSince: before })], always))).toEqual({
      status: 'not_measured',
      because: 'a window over all data has no beginning at which to count customers',
      n: 1,
    });
  });
});

describe('retention by the headcount formula', () => {
  const before = at('2025-06-01T00:00:00Z');
  const within = at('2026-06-01T00:00:00Z');
  const stays = customer({ customerSince: before });
  const leaves = customer({ customerSince: before, customerUntil: within });
  const comes = customer({ customerSince: within });
  const passes = customer({ customerSince: within, customerUntil: within + 1 });

  test.each([
    ['who stays and who leaves', [stays, stays, leaves], { value: 2 / 3, n: 3 }],
    ['who comes, without counting them', [stays, leaves, comes, comes], { value: 1 / 2, n: 2 }],
    ['who comes and leaves within, against us', [stays, leaves, passes], { value: 0, n: 2 }],
    ['nobody at the start', [comes], { status: 'not_measured', n: 0 }],
  ])('counts %s', (_, customers, expected) => {
    expect(figure(measureCustomers(customerRetention, customers, scope))).toMatchObject(expected);
  });
});

describe('churn', () => {
  const before = at('2025-06-01T00:00:00Z');
  const within = at('2026-06-01T00:00:00Z');
  const stays = () => customer({ customerSince: before });
  const leaves = () => customer({ customerSince: before, customerUntil: within });
  const others = [
    customer({ customerSince: within }),
    customer({ customerSince: within, customerUntil: within + 1 }),
    customer({ customerUntil: within }),
  ];

  test('is the share, and the number, of the customers of the start who are gone at the end', () => {
    const customers = [stays(), leaves(), leaves(), stays(), stays(), ...others];
    expect(figure(measureCustomers(customerChurn, customers, scope))).toMatchObject({
      value: 0.4,
      numerator: 2,
      n: 5,
      interval: { method: 'Wilson score' },
    });
    expect(figure(measureCustomers(customersLost, customers, scope))).toEqual({ status: 'measured', value: 2, n: 5 });
  });

  test('is 0 where everybody stayed, and not measured where nobody was there to leave', () => {
    expect(figure(measureCustomers(customerChurn, [stays()], scope))).toMatchObject({ value: 0, n: 1 });
    expect(figure(measureCustomers(customersLost, [stays()], scope))).toEqual({ status: 'measured', value: 0, n: 1 });
    const because = 'nobody was a customer at the beginning of the period';
    for (const metric of [customerChurn, customersLost])
      expect(figure(measureCustomers(metric, others, scope))).toEqual({ status: 'not_measured', because, n: 0 });
  });

  test.each([customerChurn, customersLost])('is refused where no end is mapped, and over all data: $id', (metric) => {
    const unmapped = { ...scope, mapped: { endOfRelationship: false, businessHours: false } };
    const refusal = 'no end of the relationship is mapped';
    expect(figure(measureCustomers(metric, [leaves()], unmapped))).toMatchObject({ because: refusal, n: 0 });
    const always = { ...scope, window: everything };
    const because = 'a window over all data has no beginning at which to count customers';
    expect(figure(measureCustomers(metric, [leaves()], always))).toMatchObject({ because, n: 1 });
  });
});

describe('the repeat purchase rate', () => {
  const monday = at('2026-03-02T15:00:00Z');
  const tuesday = at('2026-03-03T15:00:00Z');
  const buyer = (...deals: Parameters<typeof purchase>[0][]) => customer({}, deals.map(purchase));

  test.each([
    ['two days', buyer({ closedAt: monday }, { closedAt: tuesday }), { value: 1, n: 1 }],
    ['one day', buyer({ closedAt: monday }), { value: 0, n: 1 }],
    ['twice on one day', buyer({ closedAt: monday }, { closedAt: monday + 1 }), { value: 0, n: 1 }],
    [
      'twice on one day of the portal’s time zone, though on two days of UTC',
      buyer({ closedAt: at('2026-03-02T23:00:00Z') }, { closedAt: at('2026-03-03T02:00:00Z') }),
      { value: 0, n: 1 },
    ],
    ['a day and a return', buyer({ closedAt: monday }, { closedAt: tuesday, amount: -5 }), { value: 0, n: 1 }],
    ['a day and something free', buyer({ closedAt: monday }, { closedAt: tuesday, amount: 0 }), { value: 1, n: 1 }],
    ['a day and a lost deal', buyer({ closedAt: monday }, { closedAt: tuesday, isWon: false }), { value: 0, n: 1 }],
    ['nothing but a return', buyer({ closedAt: monday, amount: -5 }), { status: 'not_measured', n: 0 }],
    ['nothing but a ticket', customer({}, [ticket({ openedAt: monday })]), { status: 'not_measured', n: 0 }],
  ])('counts a customer who bought on %s so', (_, someone, expected) => {
    expect(figure(measureCustomers(repeatPurchaseRate, [someone], scope))).toMatchObject(expected);
  });

  test('does not know of purchases after the moment of the report', () => {
    const then = { ...scope, window: { ...year, to: tuesday }, asOf: tuesday };
    const someone = buyer({ closedAt: monday }, { closedAt: tuesday });
    expect(figure(measureCustomers(repeatPurchaseRate, [someone], then))).toMatchObject({ value: 0, n: 1 });
  });

  test('is not measured where no purchase has a date', () => {
    const always = { ...scope, window: everything };
    expect(figure(measureCustomers(repeatPurchaseRate, [buyer({}, {})], always))).toEqual({
      status: 'not_measured',
      because: 'no purchase has a date',
      n: 1,
    });
  });
});
