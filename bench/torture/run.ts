/** `npm run torture`: random portals, edits, faults and deaths; afterwards the mirror must equal the portal. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { peers } from '#bench/peers/index.ts';
import { killed } from './kill/killed.ts';
import { playSeeds, type Seeds } from './play-seeds.ts';
import { storyOf } from './story.ts';
import { tieStorm } from './tie-storm.ts';
import { totalOf } from './verdict/floor.ts';
import { peerTable } from './verdict/peer-table.ts';
import {
  callsPerFloor,
  closingLine,
  fastLine,
  isFaultless,
  isKept,
  mostCallsPerFloor,
  sumsOf,
} from './verdict/verdict.ts';
import type { Played } from './worker.ts';

const usage = `Usage: npm run torture -- [options]

Plays random portals against the real sync, over HTTP and an embedded DynamoDB, on a virtual clock. Everything follows from
the seed. Afterwards the mirror must equal the portal, in at most ${mostCallsPerFloor.frugal} times the fewest calls.
In half of the seeds HubSpot also tells of what happens by webhooks, which are applied beside the polls.
Some seeds read the portal fast the first time, which takes more calls to save time: at most ${mostCallsPerFloor.fast} times as many.

  --seeds N       how many seeds (default 100)
  --from S        the first seed (default 1)
  --jobs J        processes at a time (default: one for each core)
  --reconcile     play every seed once more with the reconciliation step on
  --no-peers      without the cursor rules of other connectors on the same seeds
  --no-extras     without the full-size tie storm and the processes killed with SIGKILL
  --story         tell the whole story of each seed, good or bad
  --help`;

const whole = (text: string, name: string, least: number): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} takes a whole number from ${least} on, not "${text}".`);
};

function options() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      reconcile: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: true },
      extras: { type: 'boolean', default: true },
      story: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowNegative: true,
  });
  return {
    ...values,
    count: whole(values.seeds, 'seeds', 1),
    from: whole(values.from, 'from', 0),
    jobs: whole(values.jobs, 'jobs', 1),
  };
}

/** Plays, and says how far it is every now and then. */
async function played(what: string, seeds: Omit<Seeds, 'onPlayed'>): Promise<Played[]> {
  const began = Date.now();
  let [done, bad, told] = [0, 0, began];
  const all = await playSeeds({
    ...seeds,
    onPlayed: ({ outcome }) => {
      done += 1;
      if (!isFaultless(outcome)) bad += 1;
      if (Date.now() - told < 10_000 && done < seeds.count) return;
      told = Date.now();
      console.error(`${what}: ${done} of ${seeds.count} seeds, ${bad} failed, ${Math.round((told - began) / 1000)} s`);
    },
  });
  return all;
}

const happenedIn = (all: readonly Played[]): string => {
  const sums: Record<string, number> = {};
  for (const { outcome } of all)
    for (const [what, times] of Object.entries(outcome.happened)) sums[what] = (sums[what] ?? 0) + times;
  return Object.entries(sums)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${what} ${times}`)
    .join(', ');
};

function report(all: readonly Played[]): void {
  const outcomes = all.map(({ outcome }) => outcome);
  const worst = outcomes.toSorted((a, b) => b.calls / totalOf(b.floor) - a.calls / totalOf(a.floor))[0];
  console.log(`What happened: ${happenedIn(all)}.`);
  if (worst) {
    const ratio = callsPerFloor({ calls: worst.calls, floor: totalOf(worst.floor) });
    console.log(
      `Most calls for what had to be: seed ${worst.seed}, ${worst.calls} for ${totalOf(worst.floor)} (${ratio.toFixed(2)}), ${worst.backfill} backfill.`,
    );
  }
}

async function main(): Promise<boolean> {
  const { help, count, from, jobs, reconcile, peers: withPeers, extras, story } = options();
  if (help) {
    console.log(usage);
    return true;
  }
  const seeds = { from, count, jobs };
  const all = await played('torture', { ...seeds, reconciling: false, withPeers });
  report(all);
  if (withPeers) console.log(peerTable(peers, all));
  const outcomes = all.map(({ outcome }) => outcome);
  let kept = true;
  if (reconcile) {
    const again = await played('with reconciliation', { ...seeds, reconciling: true, withPeers: false });
    const sums = sumsOf(again.map(({ outcome }) => outcome));
    console.log(`With reconciliation: ${closingLine(sums)}\n  ${fastLine(sums)}`);
    kept &&= isKept(sums);
    for (const { outcome } of again) if (!isFaultless(outcome)) outcomes.push(outcome);
  }
  if (extras)
    for (const extra of [tieStorm, killed]) {
      const { line, good } = await extra(from);
      console.log(line);
      kept &&= good;
    }
  if (story) for (const outcome of outcomes) console.log(`\nSeed ${outcome.seed}\n${outcome.story.join('\n')}`);
  const [failed] = outcomes.filter((outcome) => !isFaultless(outcome));
  if (failed) console.log(await storyOf(failed, outcomes.filter((outcome) => !isFaultless(outcome)).length));
  const sums = sumsOf(all.map(({ outcome }) => outcome));
  console.log(fastLine(sums));
  console.log(closingLine(sums));
  return kept && isKept(sums) && failed === undefined;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  const isMistyped =
    error instanceof RangeError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  if (!isMistyped) throw error;
  console.error(`${(error as Error).message} See npm run torture -- --help.`);
  process.exitCode = 2;
}
