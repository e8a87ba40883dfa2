import type { Instant } from '../records/record.ts';

/** A stretch of time over which the clocks of a zone keep one offset; it lasts until the next begins. */
export interface Stretch {
  readonly from: Instant;
  /** Local time minus UTC, in milliseconds. */
  readonly offset: number;
}

const second = 1000;
const first: Instant = Date.UTC(1970, 0, 1);
const last: Instant = Date.UTC(2050, 0, 1);
/** No zone has changed twice within less than seven days since 1970 (tz database 2026c), so a look every five misses none. */
const step = 5 * 86_400_000;

const known = new Map<string, readonly Stretch[]>();

/**
 * The offsets of a time zone, ascending: the first holds for all time before 1970 too, the last for all after 2049.
 * Found once a zone, in some 10 ms.
 * @throws RangeError when the runtime does not know the name.
 */
export function offsetsOf(timeZone: string): readonly Stretch[] {
  const found = known.get(timeZone) ?? findOffsets(readOffsets(timeZone));
  known.set(timeZone, found);
  return found;
}

function readOffsets(timeZone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const [, sign, ...parts] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(format.format(at)) ?? [];
    const [hours, minutes, seconds] = parts.map((part) => Number(part ?? 0));
    const seen = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * second;
    return sign === '-' ? -seen : seen;
  };
}

function findOffsets(offsetAt: (at: Instant) => number): Stretch[] {
  const stretches = [{ from: -Infinity, offset: offsetAt(first) }];
  let offset = offsetAt(first);
  for (let at = first + step; at < last; at += step) {
    const after = offsetAt(at);
    if (after !== offset) stretches.push({ from: changeWithin(at - step, at, offsetAt), offset: after });
    offset = after;
  }
  return stretches;
}

/** The whole second at which the offset of `to` begins, given that of `from` is another. */
function changeWithin(from: Instant, to: Instant, offsetAt: (at: Instant) => number): Instant {
  const after = offsetAt(to);
  let [before, since] = [from, to];
  while (since - before > second) {
    const middle = before + Math.floor((since - before) / 2 / second) * second;
    if (offsetAt(middle) === after) since = middle;
    else before = middle;
  }
  return since;
}
