import { setTimeout } from 'node:timers/promises';
import type { Clock } from '#pipeline/ports.ts';

/** A clock that shows another date and runs as fast as the machine's. */
export interface RealTime extends Clock {
  /** Leaves a stretch of time out, once nothing is under way. */
  skip(ms: number): void;
}

/** Starts at an instant (milliseconds since the epoch). */
export function realTimeFrom(start: number): RealTime {
  const began = performance.now();
  let skipped = 0;
  return {
    now: () => Math.round(start + skipped + performance.now() - began),
    sleep: (ms) => setTimeout<void>(Math.max(0, ms)),
    skip: (ms) => {
      skipped += ms;
    },
  };
}
