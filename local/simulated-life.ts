import type { Journal } from './journal.ts';
import type { Portal } from './portals/portal.ts';
import type { Simulator } from './simulator/simulator.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** How the customers of a simulated portal live on. */
export interface Life {
  /** The moment up to which they have lived (milliseconds since the epoch). */
  asOf(): number;
  /**
   * Lets so many milliseconds pass, each thing at its moment, so that whoever is told of it can act at once; a signal
   * stops time there and then.
   */
  liveOn(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a life takes place in. */
export interface Surroundings {
  readonly portal: Portal;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly simulator: Pick<Simulator, 'advance' | 'replay'>;
}

/** Begins where the journal ends: what earlier processes saw happens again first. */
export function simulatedLife({ portal, clock, journal, simulator }: Surroundings): Life {
  const moments = [...new Set(portal.future.map(({ at }) => Date.parse(at)))];
  let asOf = clock.now();
  const reach = (moment: number): void => {
    asOf = moment;
    clock.advanceTo(moment);
    simulator.advance(new Date(moment).toISOString());
  };
  for (const entry of journal.entries) {
    if (entry.change === 'time') reach(entry.at);
    clock.advanceTo(entry.at);
    if (entry.change === 'call') simulator.replay(entry);
  }

  const pass = (moment: number): void => {
    journal.append({ at: moment, change: 'time' });
    reach(moment);
  };
  return {
    asOf: () => asOf,
    liveOn: async (ms, signal) => {
      const until = Math.max(asOf + ms, clock.now());
      for (const moment of moments.filter((at) => at > asOf && at < until)) {
        await clock.sleep(moment - clock.now());
        if (signal?.aborted) return;
        pass(moment);
      }
      await clock.sleep(until - clock.now());
      if (!signal?.aborted) pass(Math.max(until, clock.now()));
    },
  };
}
