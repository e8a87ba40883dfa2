import type { Instant } from '../records/record.ts';
import { type Durations, lasted } from './durations.ts';
import type { Mapped, Moment } from './metric.ts';

/** The contribution of one case in business time; null where there are no business hours. */
export function lastedInBusiness(from: Instant | null, to: Instant | null, { business }: Moment): Durations | null {
  if (!business) return null;
  const around = lasted(from, to);
  return from === null || to === null || around.unusable > 0
    ? around
    : { times: [business.elapsed(from, to)], unusable: 0 };
}

/** What every metric of times in business hours shares. */
export const businessBase = {
  clock: 'business',
  refuses: ({ businessHours }: Mapped): string | null => (businessHours ? null : 'no business hours are configured'),
} as const;

/** What is counted, in words. */
export const businessInWords =
  'Only time within the configured business hours counts, holidays left out, by local clocks: what begins and ends outside ' +
  'them took 0 hours.';

/** Where leaving out the hours in which nobody works comes from. */
export const businessSource = {
  title: 'Zendesk, business hours in time metrics; example frt-03: begun and ended off hours is 0',
} as const;
