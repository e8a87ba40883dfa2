import type { Clock } from '../../../src/pipeline/ports.ts';

/** Resolves at a moment; of calls that wait for the same moment, the one with the lowest key goes first. */
export type Until = (at: number, key: string) => Promise<void>;

interface Waiting {
  readonly at: number;
  readonly key: string;
  readonly go: () => void;
}

/**
 * Lets calls wait on a clock so that their order depends on their moments and keys alone, not on the order in which the
 * network delivered them. A clock wakes its sleepers in order of time; whoever is woken lets the first of all go.
 */
export function dueOrder(clock: Clock): Until {
  const waiting: Waiting[] = [];
  return (at, key) =>
    new Promise((go) => {
      const behind = waiting.findIndex((other) => other.at > at || (other.at === at && other.key > key));
      waiting.splice(behind < 0 ? waiting.length : behind, 0, { at, key, go });
      void clock.sleep(at - clock.now()).then(() => waiting.shift()?.go());
    });
}
