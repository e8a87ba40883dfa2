import { setTimeout } from 'node:timers/promises';

/** The clock of the machine. */
export const systemClock = { now: () => Date.now(), sleep: (ms: number) => setTimeout<void>(ms) };
