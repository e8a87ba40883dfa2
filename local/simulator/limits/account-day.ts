const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day (`2026-03-29`) in a time zone. */
function accountDay(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

/** The next midnight of a time zone, in milliseconds: when daily limits reset (docs: API usage guidelines). */
export function nextMidnight(at: number, timeZone: string): number {
  const today = accountDay(at, timeZone);
  let before = at;
  let after = at + 26 * hour;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (accountDay(middle, timeZone) === today) before = middle;
    else after = middle;
  }
  return after;
}

/** Minutes a time zone is ahead of UTC at a moment. */
export function utcOffsetMinutes(at: number, timeZone: string): number {
  const wall = new Date(at).toLocaleString('sv-SE', { timeZone });
  const minute = 60_000;
  return Math.round((Date.parse(`${wall.replace(' ', 'T')}Z`) - at) / minute);
}
