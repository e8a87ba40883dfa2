import fc from 'fast-check';
import type { Customer } from '#domain/metrics/metric.ts';
import type { Fact } from '#domain/records/record.ts';
import { answer, customer, daysAgo, hoursAfter, openTicket, subscription, ticket } from './builders.ts';

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const people = fc.constantFrom('7', '8', '9', undefined);

const tickets: fc.Arbitrary<Fact> = fc
  .record({
    age: fc.integer({ min: -20, max: 400 }),
    reply: maybe(fc.integer({ min: 0, max: 200 })),
    close: maybe(fc.integer({ min: 0, max: 2000 })),
    reopened: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ age, reply, close, reopened }) => {
    const openedAt = daysAgo(age);
    const firstResponseAt = reply === null ? null : hoursAfter(openedAt, reply);
    if (close === null) return openTicket(age, { firstResponseAt, reopenCount: reopened });
    const endedAt = hoursAfter(openedAt, close);
    const reopenedAt = reopened > 0 ? hoursAfter(openedAt, close / 2) : null;
    return ticket({ openedAt, firstResponseAt, endedAt, closedAt: endedAt, reopenCount: reopened, reopenedAt });
  });

const answers: fc.Arbitrary<Fact> = fc
  .record({
    metric: fc.constantFrom('nps', 'csat', 'ces'),
    rating: maybe(fc.integer({ min: -1, max: 11 })),
    age: maybe(fc.integer({ min: -20, max: 400 })),
    contact: people,
  })
  .map(({ metric, rating, age, contact }) =>
    answer(metric, rating, { answeredAt: age === null ? null : daysAgo(age) }, contact),
  );

const subscriptions: fc.Arbitrary<Fact> = fc
  .record({ status: fc.constantFrom('active', 'past_due', 'canceled', null), age: fc.integer({ min: -20, max: 400 }) })
  .map(({ status, age }) => subscription({ status, startedAt: daysAgo(age) }));

const amount = fc.oneof(
  fc.integer({ min: 0, max: 500 }),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -5, 1e308, 5e-324),
);

/** Any customer, absurd ones included. */
export const customers: fc.Arbitrary<Customer> = fc
  .record({
    facts: fc.array(fc.oneof(tickets, answers, subscriptions), { maxLength: 12 }),
    kind: fc.constantFrom('contact', 'company'),
    since: maybe(fc.integer({ min: -100, max: 3000 })),
    until: maybe(fc.integer({ min: -400, max: 3000 })),
    isCustomer: fc.boolean(),
    renewal: maybe(fc.integer({ min: -400, max: 400 })),
    contacted: maybe(fc.integer({ min: -20, max: 400 })),
    usageRecent: maybe(amount),
    usageBefore: maybe(amount),
    products: maybe(fc.subarray(['Base', 'Reports', '__proto__', 'constructor'])),
  })
  .map(({ facts, kind, since, until, renewal, contacted, ...fields }) => {
    const at = (days: number | null) => (days === null ? null : daysAgo(days));
    const dates = {
      customerSince: at(since),
      customerUntil: at(until),
      renewalAt: at(renewal),
      lastContactedAt: at(contacted),
    };
    return customer(facts, { ...fields, ...dates }, kind);
  });

/** Current customers about whom enough is known for every score. */
export const knownCustomers: fc.Arbitrary<Customer> = fc
  .record({
    tickets: fc.array(tickets, { maxLength: 5 }),
    ratings: fc.record({
      nps: fc.integer({ min: 0, max: 10 }),
      csat: fc.integer({ min: 1, max: 5 }),
      ces: fc.integer({ min: 1, max: 7 }),
    }),
    since: fc.integer({ min: 1, max: 3000 }),
    renewal: fc.integer({ min: -400, max: 80 }),
    contacted: fc.integer({ min: 1, max: 400 }),
    usageRecent: fc.integer({ min: 0, max: 200 }),
    usageBefore: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ tickets, ratings, since, renewal, contacted, ...usage }) => {
    const said = [answer('nps', ratings.nps), answer('csat', ratings.csat), answer('ces', ratings.ces)];
    return customer([...tickets, ...said, ticket(), openTicket(3), subscription()], {
      ...usage,
      customerSince: daysAgo(since),
      renewalAt: daysAgo(renewal),
      lastContactedAt: daysAgo(contacted),
      products: ['Base'],
    });
  });
