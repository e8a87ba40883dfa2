import type { Customer } from '#domain/metrics/metric.ts';
import type {
  AnswerFields,
  CallFields,
  ContactFields,
  DealFields,
  Fact,
  Instant,
  Links,
  RecordId,
  TicketFields,
} from '#domain/records/record.ts';

/** A moment, by its ISO 8601 text. */
export const at = (text: string): Instant => Date.parse(text);

let lastId = 0;
/** Ids that no other fact of this test file has. */
const nextId = (): RecordId => String(++lastId);

interface Identity {
  readonly id?: RecordId;
  readonly links?: Links;
}

/** An open ticket without dates; say what differs. A closing date is also the date it ended. */
export function ticket({
  id = nextId(),
  links = {},
  ...fields
}: Partial<TicketFields> & Identity = {}): Fact<'ticket'> {
  const closedAt = fields.closedAt ?? null;
  const none: TicketFields = {
    subject: null,
    pipeline: null,
    stage: null,
    category: null,
    priority: null,
    channel: null,
    ownerId: null,
    openedAt: null,
    isClosed: closedAt !== null,
    closedAt,
    endedAt: closedAt,
    firstClosedAt: closedAt,
    firstResponseAt: null,
    reopenedAt: null,
    reopenCount: 0,
  };
  return { kind: 'ticket', id, links, fields: { ...none, ...fields } };
}

/** An undated answer to nothing in particular; say what differs. */
export function answer({
  id = nextId(),
  links = {},
  ...fields
}: Partial<AnswerFields> & Identity = {}): Fact<'answer'> {
  const none: AnswerFields = {
    surveyId: null,
    surveyName: null,
    metric: null,
    rating: null,
    scale: null,
    group: null,
    comment: null,
    answeredAt: null,
  };
  return { kind: 'answer', id, links, fields: { ...none, ...fields } };
}

/** A won deal without date or amount; say what differs. */
export function purchase({ id = nextId(), links = {}, ...fields }: Partial<DealFields> & Identity = {}): Fact<'deal'> {
  const none: DealFields = {
    name: null,
    pipeline: null,
    stage: null,
    ownerId: null,
    isWon: true,
    isClosed: true,
    closedAt: null,
    amount: null,
    dealType: null,
  };
  return { kind: 'deal', id, links, fields: { ...none, ...fields } };
}

/** A call of which nothing is known; say what differs. */
export function call({ id = nextId(), links = {}, ...fields }: Partial<CallFields> & Identity = {}): Fact<'call'> {
  const none: CallFields = { startedAt: null, duration: null, status: null, direction: null, disposition: null };
  return { kind: 'call', id, links, fields: { ...none, ...fields } };
}

/** A customer of whom nothing is known; say what differs. */
export function customer(fields: Partial<ContactFields> = {}, facts: readonly Fact[] = []): Customer {
  const none: ContactFields = {
    name: null,
    email: null,
    lifecycleStage: null,
    isCustomer: false,
    ownerId: null,
    customerSince: null,
    customerUntil: null,
    renewalAt: null,
    lastContactedAt: null,
    usageRecent: null,
    usageBefore: null,
    products: null,
  };
  return { kind: 'contact', id: nextId(), links: {}, facts, fields: { ...none, ...fields } };
}
