/** What the steps need from outside: a clock, HubSpot, the store. */
import type { Instant } from '../domain/records/record.ts';

export * from './ports/changes.ts';
export * from './ports/hubspot.ts';
export * from './ports/leases.ts';
export * from './ports/store.ts';

/** The one clock. Limits, leases, retries and schedules take it; tests and the local run use a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): Instant;
  /** Resolves once `now()` has advanced by at least `ms`. */
  sleep(ms: number): Promise<void>;
}
