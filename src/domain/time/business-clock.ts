import type { Instant } from '../records/record.ts';
import { type BusinessHours, problemsIn } from './business-hours.ts';
import { latest } from './latest.ts';
import { offsetsOf } from './offsets.ts';
import { openTime } from './open-time.ts';

/** Measures time while a business is open. Instants are finite. */
export interface BusinessClock {
  /** Business time in [from, to), in milliseconds; 0 where `to` is not after `from`. */
  elapsed(from: Instant, to: Instant): number;
  /** Whether the millisecond that begins then is business time. */
  isOpen(at: Instant): boolean;
}

/**
 * A clock for these hours. They are read off the clocks on the wall: an hour skipped in spring does not exist, so what
 * begins within it begins at its end; an hour repeated in autumn counts twice. Clock changes of 1970 to 2049 are known.
 * @throws RangeError with all that `problemsIn` finds.
 */
export function businessClock(hours: BusinessHours): BusinessClock {
  const problems = problemsIn(hours);
  if (problems.length > 0) throw new RangeError(`The business hours cannot be used:\n${problems.join('\n')}`);

  const openUntil = openTime(hours);
  const stretches = countedOn(hours.timeZone, openUntil);

  const countAt = (at: Instant): number => {
    const { offset, carried } = latest(stretches, at) ?? { offset: 0, carried: 0 };
    return openUntil(at + offset) + carried;
  };
  const elapsed = (from: Instant, to: Instant): number => (to > from ? countAt(to) - countAt(from) : 0);
  return { elapsed, isOpen: (at) => elapsed(at, at + 1) > 0 };
}

/** The stretches between clock changes, each with what to add to its local count so that none jumps at a change. */
function countedOn(timeZone: string, openUntil: (local: number) => number) {
  let carried = 0;
  let before: number | null = null;
  return offsetsOf(timeZone).map(({ from, offset }) => {
    if (before !== null) carried += openUntil(from + before) - openUntil(from + offset);
    before = offset;
    return { from, offset, carried };
  });
}
