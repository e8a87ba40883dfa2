import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import type { Portal } from '#local/portals/portal.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { inParallel } from '#store/table.ts';
import { type Chain, startChain } from './chain.ts';
import { copyTable } from './copy-table.ts';
import { fewCustomers } from './few-customers.ts';
import { type Death, Died, deathsAmong, mortal } from './mortal.ts';
import { afterMove, type Move } from './moved-ticket.ts';
import { wholeState } from './whole-state.ts';

const portal = fewCustomers();
const asOf = Date.parse(portal.definition.asOf);
const immortal: Death = { at: Number.POSITIVE_INFINITY, halfway: false };
const move: Move = { seconds: 60, opened: '08-06', contact: '104' };
const nextMove: Move = { seconds: 600, opened: '08-07', contact: '102' };

/** A portal and the table of a connector that knows it. */
interface Known {
  readonly portal: Portal;
  readonly tableName: string | null;
}

let db: EmbeddedDynamoDb;
let afterFirstRun: Known;
let tables = 0;
beforeAll(async () => {
  db = await startDynamoDb();
  const chain = await openChain({ portal, tableName: null });
  await chain.run();
  afterFirstRun = { portal: chain.simulator.snapshot(), tableName: chain.table.tableName };
  await chain.close();
});
afterAll(() => db.close());

async function openChain(known: Known): Promise<Chain> {
  const table = await copyTable(`crashes-${++tables}`, db.url, known.tableName);
  return startChain(known.portal, { table, asOf, clock: virtualClock(asOf) });
}

/** Runs until the process dies; answers the calls it made. */
async function runMortal(chain: Chain, death: Death): Promise<readonly string[]> {
  const { connector, calls, buried } = mortal(chain.connector, death);
  await chain.run(connector).catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
  await buried();
  return calls;
}

/** What changes in HubSpot before a run. */
type Change = (chain: Chain) => Promise<Chain>;
const nothing: Change = async (chain) => chain;
const moves: Change = (chain) => afterMove(chain, move);
const movesAgain: Change = (chain) => afterMove(chain, nextMove);

interface Story {
  readonly run: string;
  readonly known: () => Known;
  readonly before: Change;
  readonly after: Change;
  /** Of the possible deaths every one, every second one. */
  readonly every: number;
}

const stories: readonly Story[] = [
  { run: 'the first run', known: () => ({ portal, tableName: null }), before: nothing, after: nothing, every: 1 },
  { run: 'a run after a ticket moved', known: () => afterFirstRun, before: moves, after: nothing, every: 2 },
  {
    run: 'a run after a ticket moved, which moves again before the next,',
    known: () => afterFirstRun,
    before: moves,
    after: movesAgain,
    every: 1,
  },
];

/** The state after a run in which the process died, and one that ended. */
async function stateAfter({ known, before, after }: Story, death: Death) {
  const interrupted = await before(await openChain(known()));
  const calls = await runMortal(interrupted, death);
  const chain = await after(interrupted);
  await chain.run();
  const state = await wholeState(chain);
  await chain.close();
  return { calls, state };
}

test.for(stories)(
  'a crash between any two changes of $run, or in the midst of one, leaves no trace once a run has ended',
  { timeout: 180_000 },
  async (story) => {
    const undisturbed = await stateAfter(story, immortal);
    const deaths = deathsAmong(undisturbed.calls).filter((_, index) => index % story.every === 0);
    expect(deaths.length).toBeGreaterThan(12);
    await inParallel(deaths, 4, async (death) => {
      const { calls, state } = await stateAfter(story, death);
      expect(calls.length).toBeGreaterThanOrEqual(death.at);
      expect(state, JSON.stringify(death)).toEqual(undisturbed.state);
    });
  },
);
