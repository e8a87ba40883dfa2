import type { CallFields } from '../records/record.ts';

/** Statuses of calls that are over, and whether somebody answered. Others are under way or unknown. */
const isAnsweredBy: Readonly<Record<string, boolean>> = {
  COMPLETED: true,
  BUSY: false,
  CANCELED: false,
  FAILED: false,
  MISSED: false,
  NO_ANSWER: false,
};

/** HubSpot's own outcomes of calls on which nobody answered: busy, no answer, left voicemail. */
const unansweredOutcomes: ReadonlySet<string> = new Set([
  '9d9162e7-6cf3-4944-bf63-4dff82258764',
  '73a0d17f-1163-4015-bdd5-ec830791da20',
  'b2cf5968-551e-4856-9783-52b3da59a7d0',
]);

/** Whether somebody answered; null where the call is not over, or its status is not known. */
export function isAnswered({ status, disposition }: CallFields): boolean | null {
  const answered = isAnsweredBy[status?.toUpperCase() ?? ''] ?? null;
  return answered && unansweredOutcomes.has(disposition?.toLowerCase() ?? '') ? false : answered;
}

/** What is meant by an answered call, in words. */
export const answeredInWords =
  'A call is answered when its status is “completed” and its outcome is not busy, no answer or voicemail.';

/** What every metric of calls shares. */
export const callsBase = {
  kind: 'event',
  attribution: 'call.started',
  attributionDate: 'the day the call began',
  clock: 'calendar',
  reads: ['call'],
} as const;

/** Source of what a call’s status and outcome mean. */
export const callSource = {
  title: 'HubSpot, Calls API: status and outcome',
  url: 'https://developers.hubspot.com/docs/guides/api/crm/engagements/calls',
} as const;
