import type { Clock } from '#pipeline/ports.ts';

/** A clock on which sleeping takes no time: `sleep` moves it forward at once. Remembers every sleep. */
export interface TickClock extends Clock {
  readonly sleeps: readonly number[];
}

/** Starts on 1 September 2026, 08:00 UTC, unless told otherwise. */
export function tickClock(start = Date.parse('2026-09-01T08:00:00Z')): TickClock {
  let now = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
  };
}
