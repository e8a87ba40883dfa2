import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Played } from './worker.ts';

export interface Seeds {
  readonly from: number;
  readonly count: number;
  /** Processes at a time. */
  readonly jobs: number;
  readonly reconciling: boolean;
  readonly withPeers: boolean;
  /** Told after each seed. */
  readonly onPlayed?: (played: Played) => void;
}

/** A worker that died takes its last seed with it; the seed is named. */
async function answerOf(worker: ChildProcess, order: Order): Promise<Played> {
  const ended = new AbortController();
  const { signal } = ended;
  const exited = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process that played seed ${order.seed} ended with code ${code}.`);
  });
  const answered = once(worker, 'message', { signal }).then(([played]) => played as Played);
  worker.send(order);
  try {
    return await Promise.race([answered, exited]);
  } finally {
    ended.abort();
    answered.catch(() => {});
    exited.catch(() => {});
  }
}

/** Processes that died in the middle leave a little memory behind each: a worker is replaced before that adds up. */
const seedsPerWorker = 100;

/** Plays seeds in parallel processes; answers in order of seeds. */
export async function playSeeds({ from, count, jobs, reconciling, withPeers, onPlayed }: Seeds): Promise<Played[]> {
  const all: Played[] = [];
  let next = 0;
  const shift = async (): Promise<void> => {
    const worker = fork(new URL('./worker.ts', import.meta.url));
    try {
      for (let played = 0; played < seedsPerWorker && next < count; played += 1) {
        const index = next++;
        const answer = await answerOf(worker, { seed: from + index, reconciling, withPeers });
        all[index] = answer;
        onPlayed?.(answer);
      }
    } finally {
      if (worker.connected) worker.disconnect();
    }
  };
  const lane = async (): Promise<void> => {
    while (next < count) await shift();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, count) }, lane));
  return all;
}
