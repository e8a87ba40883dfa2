import type { Random } from '#local/portals/demo/random.ts';
import type { Clock, Store } from '#pipeline/ports.ts';
import { streams } from './life.ts';

type Method = (...args: readonly unknown[]) => unknown;

/** What DynamoDB takes to answer, in milliseconds. */
const answersIn = [1, 12] as const;

/** Longer than a commit may take before others take over, up to longer than anybody waits for one. */
const stallsFor = [20_000, 70_000] as const;

/** How a store takes its time. */
export interface Pace {
  readonly clock: Clock;
  readonly random: Random;
  /** The share of calls before which the process that makes them stands still for long; asked before each. */
  readonly stalls: () => number;
}

/**
 * The same store, each call after a moment on the clock. Without it whatever one process does between two calls of HubSpot
 * would happen at one moment, and no other process could come in between.
 */
export const takingTime = (store: Store, { clock, random, stalls }: Pace): Store =>
  new Proxy(store, {
    get: (_, name: string) => {
      const method = Reflect.get(store, name) as Method;
      const wait = (): Promise<void> => {
        const [least, most] = random.chance(stalls()) ? stallsFor : answersIn;
        return clock.sleep(random.integer(least, most));
      };
      if (streams.has(name))
        return async function* (...args: unknown[]) {
          await wait();
          yield* method(...args) as AsyncIterable<unknown>;
        };
      return async (...args: unknown[]) => {
        await wait();
        return method(...args);
      };
    },
  });
