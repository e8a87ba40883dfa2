import type { Customer } from '#domain/metrics/metric.ts';
import type {
  AnswerFields,
  ContactFields,
  Fact,
  FieldsByKind,
  Instant,
  RecordKind,
  SubscriptionFields,
  TicketFields,
} from '#domain/records/record.ts';
import type { Norms } from '#domain/scores/norms.ts';

/** The moment all these customers are looked at. */
export const asOf: Instant = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;

export const daysAgo = (days: number): Instant => asOf - days * DAY;
export const hoursAfter = (at: Instant, hours: number): Instant => at + hours * 3_600_000;

let last = 0;
const fact = <K extends RecordKind>(kind: K, fields: FieldsByKind[K], contact?: string): Fact<K> =>
  ({ kind, id: String(++last), fields, links: contact ? { contact: [contact] } : {} }) as unknown as Fact<K>;

/** A ticket opened 20 days ago, answered within two hours, closed within ten. */
export function ticket(fields: Partial<TicketFields> = {}): Fact<'ticket'> {
  const openedAt = fields.openedAt === undefined ? daysAgo(20) : fields.openedAt;
  const closedAt = openedAt === null ? null : hoursAfter(openedAt, 10);
  return fact('ticket', {
    subject: null,
    pipeline: null,
    stage: null,
    category: null,
    priority: null,
    channel: null,
    ownerId: null,
    openedAt,
    isClosed: true,
    closedAt,
    endedAt: closedAt,
    firstClosedAt: closedAt,
    firstResponseAt: openedAt === null ? null : hoursAfter(openedAt, 2),
    reopenedAt: null,
    reopenCount: 0,
    ...fields,
  });
}

/** A ticket nobody has closed. */
export const openTicket = (daysOpen: number, fields: Partial<TicketFields> = {}): Fact<'ticket'> =>
  ticket({
    openedAt: daysAgo(daysOpen),
    isClosed: false,
    closedAt: null,
    endedAt: null,
    firstClosedAt: null,
    ...fields,
  });

const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const;

/** An answer of ten days ago on the question's usual scale, by the given contact where one is named. */
export const answer = (
  metric: 'nps' | 'csat' | 'ces',
  rating: number | null,
  fields: Partial<AnswerFields> = {},
  contact?: string,
): Fact<'answer'> =>
  fact(
    'answer',
    {
      surveyId: null,
      surveyName: null,
      metric,
      rating,
      scale: scales[metric],
      group: null,
      comment: null,
      answeredAt: daysAgo(10),
      ...fields,
    },
    contact,
  );

export const subscription = (fields: Partial<SubscriptionFields> = {}): Fact<'subscription'> =>
  fact('subscription', { status: 'active', startedAt: daysAgo(400), nextDueAt: null, amount: 100, ...fields });

/** A customer for 500 days of whom nothing else is known. */
export const customer = (
  facts: readonly Fact[] = [],
  fields: Partial<ContactFields> = {},
  kind: Customer['kind'] = 'contact',
): Customer => ({
  kind,
  id: '1',
  links: {},
  facts,
  fields: {
    name: null,
    email: null,
    lifecycleStage: 'customer',
    isCustomer: true,
    ownerId: null,
    customerSince: daysAgo(500),
    customerUntil: null,
    renewalAt: null,
    lastContactedAt: null,
    usageRecent: null,
    usageBefore: null,
    products: null,
    ...fields,
  },
});

const ofKind = { usageMedian: 40, ticketsP75: 1, ticketsP90: 2 };
const companions = { n: 50, others: [{ product: 'Reports', share: 0.62 }] };

/** A portal that has every input. */
export const fullPortal: Norms = {
  has: { nps: true, csat: true, ces: true, tickets: true, usage: true, contract: true, products: true },
  byKind: { contact: ofKind, company: ofKind },
  products: { everybody: { n: 100, others: [{ product: 'Base', share: 1 }] }, byProduct: { Base: companions } },
};

/** A portal that has only the inputs named. */
export const portalWith = (...inputs: readonly (keyof Norms['has'])[]): Norms => ({
  ...fullPortal,
  has: Object.fromEntries(
    Object.keys(fullPortal.has).map((input) => [input, inputs.includes(input as keyof Norms['has'])]),
  ) as Norms['has'],
});

/** Everything speaks for this customer. */
export const content = (fields: Partial<ContactFields> = {}): Customer =>
  customer([ticket(), answer('csat', 5), answer('nps', 10), answer('ces', 7), subscription()], {
    usageRecent: 60,
    usageBefore: 48,
    renewalAt: daysAgo(-200),
    lastContactedAt: daysAgo(12),
    products: ['Base'],
    ...fields,
  });

/** Everything speaks against this customer. */
export const unhappy = (fields: Partial<ContactFields> = {}): Customer =>
  customer(
    [
      openTicket(30, { firstResponseAt: daysAgo(27) }),
      ticket({ reopenCount: 1, reopenedAt: daysAgo(15) }),
      answer('csat', 1),
      answer('nps', 2),
      answer('ces', 2),
      subscription({ status: 'past_due' }),
    ],
    {
      usageRecent: 10,
      usageBefore: 48,
      renewalAt: daysAgo(-20),
      lastContactedAt: daysAgo(200),
      products: ['Base'],
      ...fields,
    },
  );
