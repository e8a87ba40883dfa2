/** A process that plays the seeds it is sent, one after the other, and answers what came of each. */
import { peers } from '#bench/peers/index.ts';
import { planOf } from './plan/plan-of.ts';
import { type Outcome, play } from './play/play.ts';
import { type PeerOutcome, playPeer } from './play/play-peer.ts';
import { openTables } from './play/tables.ts';

/** One seed to play. */
export interface Order {
  readonly seed: number;
  readonly reconciling: boolean;
  readonly withPeers: boolean;
}

/** What came of it; peers by name. */
export interface Played {
  readonly outcome: Outcome;
  readonly peers: Readonly<Record<string, PeerOutcome>>;
}

const tables = await openTables();

process.on('message', async ({ seed, reconciling, withPeers }: Order) => {
  const plan = planOf(seed);
  const outcome = await play(plan, tables, { reconciling });
  const theirs: Record<string, PeerOutcome> = {};
  if (withPeers) for (const peer of peers) theirs[peer.name] = await playPeer(peer, plan);
  process.send?.({ outcome, peers: theirs } satisfies Played);
});
process.on('disconnect', async () => {
  await tables.close();
  process.exit();
});
