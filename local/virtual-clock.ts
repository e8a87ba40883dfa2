import type { Clock } from '#pipeline/ports.ts';
import { quiet, watchCalls } from './pending-calls.ts';

/**
 * A clock that moves only when everybody waits for it, or when it is set: hours of waiting cost nothing, and calls in
 * flight never miss the moment they were sent at.
 */
export interface VirtualClock extends Clock {
  /** Moves forward to an instant; never back. */
  advanceTo(at: number): void;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Starts at an instant (milliseconds since the epoch). Sleepers wake one by one in order of their time, those of the same
 * time in the order in which they fell asleep; before each the clock waits until no HTTP call of this process is under way.
 */
export function virtualClock(start: number): VirtualClock {
  watchCalls();
  let now = start;
  let moving = false;
  const sleepers: Sleeper[] = [];

  const move = async (): Promise<void> => {
    moving = true;
    while (sleepers.length > 0) {
      await quiet();
      const next = sleepers.shift() as Sleeper;
      now = Math.max(now, next.at);
      next.wake();
    }
    moving = false;
  };

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        const at = now + Math.max(0, ms);
        sleepers.splice(sleepers.findLastIndex((other) => other.at <= at) + 1, 0, { at, wake });
        if (!moving) void move();
      }),
    advanceTo: (at) => {
      now = Math.max(now, at);
    },
  };
}
