import type { Instant } from '#domain/records/record.ts';
import type { Governor } from '#hubspot/governor.ts';
import type { Lane } from '#hubspot/lanes.ts';
import type { CallKind } from '#hubspot/routes.ts';
import type { Clock, Crm } from '#pipeline/ports.ts';
import { HubSpotBusyError } from '#platform/errors.ts';

/** What workers of one lane had to wait for, and how often they were told to come again later. */
export interface LaneCounts {
  readonly waits: number[];
  turnedAway: number;
}

/** 429s by kind of call. */
export type RefusedByKind = Partial<Record<CallKind, number>>;

/** Notes how long calls wait for their turn, and which kinds HubSpot refuses. */
export function noted(governor: Governor, clock: Clock, counts: LaneCounts, refused: RefusedByKind): Governor {
  return {
    ...governor,
    acquire: async (kind) => {
      const asked = clock.now();
      await governor.acquire(kind);
      counts.waits.push(clock.now() - asked);
    },
    limited: async (kind, ms) => {
      refused[kind] = (refused[kind] ?? 0) + 1;
      await governor.limited(kind, ms);
    },
  };
}

/** What a worker does through the adapter; usually one call. */
export type Task = (crm: Crm) => Promise<unknown>;

/** One thing after another, over and over; `pauseMs` lies between two rounds. */
export interface Stream {
  readonly tasks: readonly Task[];
  readonly pauseMs: () => number;
}

/** How many workers a lane has, and what each of them does side by side. */
export interface Crew {
  readonly lane: Lane;
  readonly workers: number;
  readonly streams: readonly Stream[];
}

/** Works until the moment comes; who is told to come later does. */
export async function work(
  { tasks, pauseMs }: Stream,
  crm: Crm,
  { clock, counts, until }: { readonly clock: Clock; readonly counts: LaneCounts; readonly until: Instant },
): Promise<void> {
  while (clock.now() < until) {
    await clock.sleep(pauseMs());
    for (const task of tasks)
      await task(crm).catch(async (error: unknown) => {
        if (!(error instanceof HubSpotBusyError)) throw error;
        counts.turnedAway += 1;
        await clock.sleep(Math.max(1_000, (error.retryAt ?? 0) - clock.now()));
      });
  }
}
