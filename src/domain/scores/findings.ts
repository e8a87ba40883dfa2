import type { Norms } from './norms.ts';
import type { Observation } from './observe.ts';
import type { Finding } from './part.ts';
import { reason } from './reason.ts';
import { changeOf, trendOf } from './usage.ts';

/** Answers and tickets of the last 90 days. */
export const experiencesOf = ({ tickets, answers }: Observation): number => tickets.experienced + answers.experienced;

/** Without any experience, "nothing bad happened" says nothing. */
const hasExperience = (seen: Observation): boolean => experiencesOf(seen) > 0;

/** Change of product use, −1 … 9. */
export function findUsageTrend({ usage, customer }: Observation, norms: Norms): Finding | 'no_data' {
  const trend = usage && trendOf(usage, norms.byKind[customer.kind].usageMedian);
  if (!usage || trend === null) return 'no_data';
  return { value: trend, reason: reason('usageTrend', { change: changeOf(usage), ...usage }) };
}

/** Burden of open tickets: each counts 1, each ageing one 3 more. Weights are ours. */
export function findOpenTickets(seen: Observation): Finding | 'no_data' {
  if (!hasExperience(seen)) return 'no_data';
  const { open, ageing, oldestDays } = seen.tickets;
  return { value: open + 3 * ageing, reason: reason('openTickets', { open, ageing, oldestDays }) };
}

/** Bad experiences of the last 90 days: unhappy answers; tickets reopened, ageing, or slow to be answered or solved. */
export function findBadExperiences(seen: Observation): Finding | 'no_data' {
  if (!hasExperience(seen)) return 'no_data';
  const bad = seen.tickets.bad + seen.answers.bad;
  return { value: bad, reason: reason('badExperiences', { bad, n: experiencesOf(seen) }) };
}

/** State of payment and renewal: 0 past due, 1 renewal date passed, 2 in order. */
export function findContract({ relationship, subscriptions, pastDue }: Observation): Finding | 'no_data' {
  const { renewalInDays } = relationship;
  if (pastDue > 0) return { value: 0, reason: reason('pastDue', { subscriptions: pastDue }) };
  if (renewalInDays !== null && renewalInDays < 0)
    return { value: 1, reason: reason('renewalOverdue', { days: -renewalInDays }) };
  if (subscriptions > 0) return { value: 2, reason: reason('paymentInOrder', { subscriptions }) };
  if (renewalInDays !== null) return { value: 2, reason: reason('renewalAhead', { days: renewalInDays }) };
  return 'no_data';
}
