import { describe, expect, test } from 'vitest';
import { productNormsOf, roomToGrow } from '#domain/scores/companions.ts';
import { normsOf } from '#domain/scores/norms.ts';
import { answer, asOf, customer, daysAgo, openTicket, subscription, ticket } from './builders.ts';

const times = <T>(n: number, of: T): T[] => Array.from({ length: n }, () => of);

describe('what is typical in a portal', () => {
  test('an input is in use when anybody has it, customer or not', () => {
    const lead = customer([answer('nps', 9)], { customerSince: null, isCustomer: false, usageRecent: 3 });
    expect(normsOf([lead, customer()], asOf).has).toEqual({
      nps: true,
      csat: false,
      ces: false,
      tickets: false,
      usage: true,
      contract: false,
      products: false,
    });
  });

  test('an input that nobody has had for a year is not in use, nor one that comes later', () => {
    const past = customer([ticket({ openedAt: daysAgo(400) }), answer('csat', 4, { answeredAt: daysAgo(400) })]);
    const later = customer([openTicket(-1), subscription({ startedAt: daysAgo(-1) })]);
    expect(Object.values(normsOf([past, later], asOf).has)).not.toContain(true);
  });

  test('medians and shares are those of current customers of the same kind', () => {
    const users = [10, 20, 30].map((usageRecent) => customer([ticket()], { usageRecent }));
    const former = customer([], { usageRecent: 900, customerUntil: daysAgo(2) });
    const { byKind } = normsOf([...users, former], asOf);
    expect(byKind.contact).toEqual({ usageMedian: 20, ticketsP75: 1, ticketsP90: 1 });
    expect(byKind.company).toEqual({ usageMedian: null, ticketsP75: 0, ticketsP90: 0 });
  });
});

describe('room to grow', () => {
  const norms = productNormsOf([
    ...times(12, ['Base', 'Reports']),
    ...times(8, ['Base']),
    ...times(4, ['Rare', 'Odd']),
  ]);

  test('is the product most often owned together with one the customer has', () => {
    expect(roomToGrow(['Base'], norms)).toEqual({ product: 'Reports', share: 0.6, with: 'Base', n: 20 });
  });

  test('is what everybody has for a customer without any product', () => {
    expect(roomToGrow([], norms)).toMatchObject({ product: 'Base', with: null, n: 24 });
  });

  test.each([
    ['a customer who has it all', ['Base', 'Reports']],
    ['products too rare to compare', ['Rare']],
    ['a product nobody else has', ['constructor']],
  ])('is none for %s', (_, products) => {
    expect(roomToGrow(products, norms)).toBeNull();
  });

  test('is none where others do not have it often', () => {
    expect(roomToGrow(['Base'], productNormsOf([...times(9, ['Base']), ...times(1, ['Base', 'Reports'])]))).toBeNull();
  });
});
