import { describe, expect, test } from 'vitest';
import { averageOrderValue } from '#domain/metrics/average-order-value.ts';
import { lifetimeValueHistoric } from '#domain/metrics/lifetime-value-historic.ts';
import { measureCustomers } from '#domain/metrics/measure.ts';
import type { Customer, CustomerMetric } from '#domain/metrics/metric.ts';
import { purchaseFrequency } from '#domain/metrics/purchase-frequency.ts';
import { repeatPurchaseRateAllCustomers } from '#domain/metrics/repeat-purchase-rate-all-customers.ts';
import { ticketRate } from '#domain/metrics/ticket-rate.ts';
import { asOf, everything, figure, newYork } from './everything.ts';
import { at, customer, purchase, ticket } from './facts.ts';

const march = { from: at('2026-03-01T05:00:00Z'), to: at('2026-04-01T04:00:00Z'), undated: false };
const monday = at('2026-03-02T15:00:00Z');
const day = 24 * 3_600_000;
const before = march.from - 30 * day;

const measured = (metric: CustomerMetric, customers: readonly Customer[], window = march) =>
  figure(
    measureCustomers(metric, customers, {
      window,
      asOf,
      dayOf: newYork.dayOf,
      mapped: { endOfRelationship: true, businessHours: false },
    }),
  );
const buyer = (...deals: Parameters<typeof purchase>[0][]) => customer({}, deals.map(purchase));

describe('the average order value', () => {
  const ana = buyer({ closedAt: monday, amount: 10 }, { closedAt: monday, amount: 30 });
  const ben = buyer({ closedAt: monday + day, amount: 80 });

  test('is revenue by purchase, with an interval that takes customers as a whole', () => {
    // Ratio 40; residuals 40 − 80 and 80 − 40: √(2 · 3,200) ÷ 3 = 26.67, times t(1) = 12.706.
    const value = measured(averageOrderValue, [ana, ben]);
    expect(value).toMatchObject({ value: 40, n: 3, interval: { low: 0, method: 'Student’s t over customers' } });
    expect(value).toHaveProperty('interval.high', expect.closeTo(40 + (12.706204736 * 80) / 3, 6));
  });

  test('leaves out returns, lost deals, other periods and amounts that are not known, and counts the last', () => {
    const others = buyer(
      { closedAt: monday, amount: -20 },
      { closedAt: monday, amount: 99, isWon: false },
      { closedAt: before, amount: 99 },
      { closedAt: monday, amount: null },
      { amount: 99 },
    );
    expect(measured(averageOrderValue, [ana, ben, others])).toMatchObject({ value: 40, n: 3, leftOut: 1 });
    expect(measured(averageOrderValue, [others])).toEqual({
      status: 'not_measured',
      because: 'no purchase has an amount in the home currency',
      n: 1,
    });
    expect(measured(averageOrderValue, [])).toMatchObject({ because: 'no customer bought anything', n: 0 });
  });

  test('times the purchase frequency is the revenue of a buyer', () => {
    const [order, frequency] = [averageOrderValue, purchaseFrequency].map((metric) => measured(metric, [ana, ben]));
    expect(frequency).toMatchObject({ value: 1.5, n: 2 });
    if (order?.status === 'measured' && frequency?.status === 'measured')
      expect(order.value * frequency.value).toBeCloseTo(60, 10);
  });
});

describe('the historic lifetime value', () => {
  test('is all revenue so far, returns taken off, by customer, those included who never bought', () => {
    const customers = [
      buyer({ closedAt: before, amount: 100 }, { closedAt: monday, amount: 50 }, { closedAt: monday, amount: -30 }),
      customer({ isCustomer: true }),
      customer({ customerSince: before, customerUntil: before + 1 }),
      customer({}),
    ];
    expect(measured(lifetimeValueHistoric, customers)).toMatchObject({ value: 60, n: 2 });
  });

  test('knows nothing of what is won later, takes what has no date, and counts what is in another currency', () => {
    const someone = buyer({ closedAt: march.to, amount: 500 }, { amount: 20 }, { closedAt: monday, amount: null });
    expect(measured(lifetimeValueHistoric, [someone])).toEqual({
      status: 'measured',
      value: 20,
      n: 1,
      leftOut: 1,
    });
    expect(measured(lifetimeValueHistoric, [])).toMatchObject({ because: 'there are no customers' });
  });
});

describe('repeat purchases of all customers', () => {
  const twice = buyer({ closedAt: monday }, { closedAt: monday + day });
  test.each([
    ['who bought on two days', [twice], { value: 1, n: 1 }],
    [
      'who bought once, or only before',
      [twice, buyer({ closedAt: monday }), buyer({ closedAt: before })],
      { n: 3, numerator: 1 },
    ],
    ['who never bought but is a customer', [twice, customer({ isCustomer: true })], { value: 0.5, n: 2 }],
    ['who is nothing to us yet', [twice, customer({}), buyer({ closedAt: march.to })], { value: 1, n: 1 }],
  ])('count whoever is a customer, also one %s', (_, customers, expected) => {
    expect(measured(repeatPurchaseRateAllCustomers, customers)).toMatchObject(expected);
  });
});

describe('the ticket rate', () => {
  const asking = (...openedAt: (number | null)[]) =>
    customer(
      { isCustomer: true },
      openedAt.map((each) => ticket({ openedAt: each })),
    );

  test('is tickets of the period by a hundred customers', () => {
    const customers = [
      asking(monday, monday + 1),
      asking(before),
      asking(null),
      asking(),
      customer({}, [ticket({ openedAt: monday })]),
    ];
    const value = measured(ticketRate, customers);
    expect(value).toMatchObject({ value: 50, n: 4, interval: { low: 0 } });
    expect(measured(ticketRate, customers, everything)).toMatchObject({ value: 100, n: 4 });
  });

  test('is 0 where customers opened none, and not measured without customers', () => {
    expect(measured(ticketRate, [asking(), asking()])).toMatchObject({ value: 0, n: 2 });
    expect(measured(ticketRate, [customer({})])).toMatchObject({ because: 'there are no customers' });
  });
});
