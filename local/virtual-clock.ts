import type { Clock } from '#pipeline/ports.ts';

/** A clock that only moves when somebody sleeps or sets it: hours of waiting cost nothing, and every run is alike. */
export interface VirtualClock extends Clock {
  /** Moves forward to an instant; never back. */
  advanceTo(at: number): void;
}

/** Starts at an instant (milliseconds since the epoch). Sleepers wake in order of their time. */
export function virtualClock(start: number): VirtualClock {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];

  const wakeNext = (): void => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
    if (sleepers.length > 0) setImmediate(wakeNext);
  };

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: now + Math.max(0, ms), wake });
        if (sleepers.length === 1) setImmediate(wakeNext);
      }),
    advanceTo: (at) => {
      now = Math.max(now, at);
    },
  };
}
