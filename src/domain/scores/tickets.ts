import type { Fact, Instant, TicketFields } from '../records/record.ts';
import {
  ageingDays,
  daysBefore,
  daysBetween,
  HOUR,
  slowReplyHours,
  slowResolutionHours,
  windowDays,
} from './periods.ts';

/** A customer's tickets: of the last 90 days, and those still open. */
export interface TicketTally {
  readonly opened: number;
  readonly open: number;
  /** Open for more than 7 days. */
  readonly ageing: number;
  readonly oldestDays: number;
  readonly reopened: number;
  /** Tickets that were opened, closed or open in the window, and those of them that were a bad experience. */
  readonly experienced: number;
  readonly bad: number;
  /** Days since a ticket was last opened or closed, 0 while one is open; null without any. */
  readonly daysSinceLast: number | null;
}

const since = (at: Instant | null, from: Instant): boolean => at !== null && at >= from;

const longer = (from: Instant | null, to: Instant | null, hours: number): boolean =>
  from !== null && to !== null && to - from > hours * HOUR;

/** Reopened since `from`; a reopening without its own date counts on the day the ticket ended. */
const reopenedSince = (fields: TicketFields, from: Instant): boolean =>
  fields.reopenedAt === null ? fields.reopenCount > 0 && since(fields.endedAt, from) : fields.reopenedAt >= from;

/** Counts tickets as they stood at `asOf` (already rewound). */
export function tallyTickets(tickets: readonly Fact<'ticket'>[], asOf: Instant): TicketTally {
  const from = daysBefore(asOf, windowDays);
  let opened = 0;
  let open = 0;
  let ageing = 0;
  let oldestDays = 0;
  let reopened = 0;
  let experienced = 0;
  let bad = 0;
  let last: Instant | null = null;
  for (const { fields } of tickets) {
    const isOpen = !fields.isClosed;
    const age = isOpen && fields.openedAt !== null ? daysBetween(fields.openedAt, asOf) : 0;
    const isAgeing = age > ageingDays;
    const isReopened = reopenedSince(fields, from);
    const wasOpened = since(fields.openedAt, from);
    const touched = isOpen ? asOf : (fields.endedAt ?? fields.openedAt);
    if (touched !== null && (last === null || touched > last)) last = touched;
    if (wasOpened) opened++;
    if (isOpen) open++;
    if (isAgeing) ageing++;
    if (age > oldestDays) oldestDays = age;
    if (isReopened) reopened++;
    if (!wasOpened && !isOpen && !isReopened && !since(fields.endedAt, from)) continue;
    experienced++;
    const slow =
      longer(fields.openedAt, fields.firstResponseAt, slowReplyHours) ||
      longer(fields.openedAt, fields.endedAt, slowResolutionHours);
    if (isAgeing || isReopened || slow) bad++;
  }
  const daysSinceLast = last === null ? null : daysBetween(last, asOf);
  return { opened, open, ageing, oldestDays, reopened, experienced, bad, daysSinceLast };
}
