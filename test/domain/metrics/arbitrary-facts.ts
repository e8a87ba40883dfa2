import fc from 'fast-check';
import type { Customer } from '#domain/metrics/metric.ts';
import type { AnswerFields, Fact, Instant } from '#domain/records/record.ts';
import { answer, at, call, customer, purchase, ticket } from './facts.ts';

const hour = 3_600_000;

/** Moments of the first days of March 2026, around the change of clocks in New York; some are missing. */
const moment = fc
  .integer({ min: 0, max: 40 * 24 * 60 })
  .map((minutes): Instant => at('2026-02-20T00:00:00Z') + minutes * 60_000);
const perhaps = fc.option(moment, { freq: 8, nil: null });
const ticketId = fc.integer({ min: 1, max: 30 }).map(String);

const anyTicket = fc
  .record({
    openedAt: perhaps,
    firstResponseAfter: fc.option(fc.integer({ min: -2, max: 200 }), { nil: null }),
    closedAt: fc.option(moment, { freq: 3, nil: null }),
    closedWithoutDate: fc.boolean(),
    reopenCount: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ openedAt, firstResponseAfter, closedAt, closedWithoutDate, reopenCount }) => ({
    openedAt,
    firstResponseAt: openedAt !== null && firstResponseAfter !== null ? openedAt + firstResponseAfter * hour : null,
    closedAt,
    isClosed: closedAt !== null || closedWithoutDate,
    reopenCount,
  }));

const scales: readonly AnswerFields['scale'][] = [[0, 10], [1, 5], [1, 7], [1, 10], [0, 2], null];

const anyAnswer = fc
  .record({
    metric: fc.constantFrom('nps', 'csat', 'ces', null),
    scale: fc.constantFrom(...scales),
    rating: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
    group: fc.option(fc.constantFrom('promoter', 'passive', 'detractor'), { freq: 2, nil: null }),
    answeredAt: perhaps,
    person: fc.option(fc.integer({ min: 1, max: 8 }).map(String), { nil: null }),
    about: fc.option(ticketId, { nil: null }),
  })
  .map(({ person, about, ...fields }) =>
    answer({
      ...(fields as Partial<AnswerFields>),
      links: { ...(person === null ? {} : { contact: [person] }), ...(about === null ? {} : { ticket: [about] }) },
    }),
  );

const anyCall = fc
  .record({
    startedAt: perhaps,
    duration: fc.option(fc.double({ min: -0.1, max: 2, noNaN: true }), { freq: 8, nil: null }),
    status: fc.constantFrom('COMPLETED', 'NO_ANSWER', 'RINGING', null),
    direction: fc.constantFrom('INBOUND', 'OUTBOUND', null),
  })
  .map(call);

/** Tickets with ids 1, 2, 3 …, answers about them, and calls. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .tuple(
    fc.array(anyTicket, { maxLength: 30 }),
    fc.array(anyAnswer, { maxLength: 40 }),
    fc.array(anyCall, { maxLength: 20 }),
  )
  .map(([tickets, answers, calls]) => [
    ...tickets.map((fields, index) => ticket({ ...fields, id: String(index + 1) })),
    ...answers,
    ...calls,
  ]);

const anyPurchase = fc
  .record({
    closedAt: perhaps,
    amount: fc.option(
      fc.integer({ min: -1_000, max: 10_000 }).map((cents) => cents / 100),
      { nil: null },
    ),
    isWon: fc.boolean(),
  })
  .map(purchase);

const anyCustomer = fc
  .tuple(
    fc.record({
      isCustomer: fc.boolean(),
      customerSince: perhaps,
      customerUntil: fc.option(moment, { nil: null }),
    }),
    fc.array(fc.oneof(anyPurchase, anyTicket.map(ticket)), { maxLength: 4 }),
  )
  .map(([fields, deals]): Customer => customer(fields, deals));

export const anyCustomers: fc.Arbitrary<readonly Customer[]> = fc.array(anyCustomer, { maxLength: 30 });
