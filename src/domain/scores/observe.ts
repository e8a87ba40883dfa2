import { customerSeenAt } from '../metrics/measure.ts';
import type { Customer } from '../metrics/metric.ts';
import { type Fact, type Instant, type RecordKind, recordKinds } from '../records/record.ts';
import { type AnswerTally, tallyAnswers } from './answers.ts';
import { type Relationship, relationshipOf } from './relationship.ts';
import { type TicketTally, tallyTickets } from './tickets.ts';
import { type Usage, usageOf } from './usage.ts';

/** The kinds of records whose fields scores look at. */
export const scoreReads: readonly RecordKind[] = ['contact', 'company', 'ticket', 'answer', 'subscription'];

type FactsByKind = { readonly [K in RecordKind]: Fact<K>[] };

/** What is known of one customer at one moment, counted once; measurements, rules and reasons read only this. */
export interface Observation {
  readonly customer: Customer;
  readonly asOf: Instant;
  readonly facts: FactsByKind;
  readonly relationship: Relationship;
  readonly tickets: TicketTally;
  readonly answers: AnswerTally;
  readonly usage: Usage | null;
  /** Subscriptions that run, those past due included. */
  readonly subscriptions: number;
  readonly pastDue: number;
  readonly products: readonly string[] | null;
}

const running = new Set(['active', 'past_due']);

/** Looks at a customer as it stood just before `asOf`: nothing dated later is seen. */
export function observe(customer: Customer, asOf: Instant): Observation {
  const facts = Object.fromEntries(recordKinds.map((kind) => [kind, []])) as unknown as FactsByKind;
  const then = customerSeenAt(customer, asOf);
  for (const fact of then.facts) (facts[fact.kind] as Fact[]).push(fact);
  const statuses = facts.subscription.map(({ fields }) => fields.status ?? '').filter((status) => running.has(status));
  return {
    customer: then,
    asOf,
    facts,
    relationship: relationshipOf(then, asOf),
    tickets: tallyTickets(facts.ticket, asOf),
    answers: tallyAnswers(facts.answer, asOf),
    usage: usageOf(then.fields),
    subscriptions: statuses.length,
    pastDue: statuses.filter((status) => status === 'past_due').length,
    products: then.fields.products,
  };
}
