import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { largePortal } from '#bench/support/large-portal.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { lanes } from '#hubspot/lanes.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { BackfillMode } from '#pipeline/forecasting/backfill-calls.ts';
import type { Crm, Store } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { backfillMode, fewRecords, lanesOf, reserveOfDay } from '#pipeline/sync/backfill-mode.ts';
import { readConfig } from '#platform/read-config.ts';
import { type Chain, startChain } from './chain.ts';
import { type Death, Died, mortal } from './mortal.ts';
import { wholeState } from './whole-state.ts';

const amounts = { contacts: 120, companies: 6, tickets: 30, feedback_submissions: 15 };
const portal = largePortal(amounts);
const records = Object.values(amounts).reduce((sum, n) => sum + n, 0);

/** Small pages, so that few records make many of them. */
const pageSizes = { list: 3, search: 6, associationBatch: 12, objectBatch: 6 };
const sizes = { list: 3, search: 6, associationInputs: 12, batch: 6 };

const open: Chain[] = [];
afterEach(async () => {
  for (const chain of open.splice(0)) await chain.close();
});

interface Started {
  readonly chain: Chain;
  /** A process of its own that reads in a mode. */
  readonly reader: (mode: BackfillMode) => Connector;
}

async function started(): Promise<Started> {
  const chain = await startChain(portal, { pageSizes, latencyMs: [150, 600], seed: 1 });
  open.push(chain);
  const { simulator, clock, connector } = chain;
  const reader = (backfill: BackfillMode): Connector => {
    const config = readConfig({ sync: { backfill }, ticket: { history: 'none' } });
    const { url: baseUrl, accessToken } = simulator;
    return { ...connector, config, crm: hubSpotCrm({ baseUrl, accessToken, config, clock, sizes, random: () => 0.5 }) };
  };
  return { chain, reader };
}

/** What the store holds of the records: all but where the sync stands. */
const held = async (chain: Chain) => {
  const { days, customers } = await wholeState(chain);
  return { days, customers };
};

const seconds = (n: number): number => n * 1000;
const callsOf = ({ crm }: Connector): number => crm.calls().total;

let undisturbed: Awaited<ReturnType<typeof held>>;
let fastCalls: number;
beforeAll(async () => {
  const { chain, reader } = await started();
  await pullChanges(reader('frugal'));
  undisturbed = await held(chain);
  const other = await started();
  const fast = other.reader('fast');
  await pullChanges(fast);
  fastCalls = callsOf(fast);
  expect(await held(other.chain)).toEqual(undisturbed);
  for (const each of open.splice(0)) await each.close();
});

/** Pages that may be on their way at a time. */
const pagesInFlight = lanesOf.fast.list + lanesOf.fast.search;

describe('a fast backfill', () => {
  test('reads by list and by search at the same time, and stores what a frugal one does', async () => {
    const { chain, reader } = await started();
    const fast = reader('fast');
    const { done, kinds } = await pullChanges(fast);
    expect([done, kinds.contact?.seen, kinds.ticket?.seen]).toEqual([true, 120, 30]);
    const { list = 0, search = 0 } = fast.crm.calls().byKind;
    expect(Math.min(list, search)).toBeGreaterThan(5);
    expect(await held(chain)).toEqual(undisturbed);
    expect(await pullChanges(fast)).toMatchObject({ done: true, kinds: { contact: { changed: 0 } } });
  });

  test.each([4, 5])('that is stopped every %d s loses nothing and reads no page for nothing', async (every) => {
    const { chain, reader } = await started();
    const fast = reader('fast');
    let pulls = 0;
    for (let done = false; !done; pulls++) {
      const report = await pullChanges(fast, { deadline: chain.clock.now() + seconds(every) });
      done = report.done;
      expect(pulls).toBeLessThan(60);
    }
    expect(pulls).toBeGreaterThan(1);
    expect(await held(chain)).toEqual(undisturbed);
    // Each pull asks whose portal it is, and lanes find their places again.
    expect(callsOf(fast)).toBeLessThanOrEqual(fastCalls + pulls * pagesInFlight);
  });

  test.each([15, 80, 170])('whose process dies at step %d is finished by the next, without a trace', async (at) => {
    const { chain, reader } = await started();
    const dying = reader('fast');
    const { connector, buried } = mortal(dying, { at, halfway: at % 2 === 0 } satisfies Death);
    await expect(pullChanges(connector)).rejects.toThrow(Died);
    await buried();
    const next = reader('fast');
    await pullChanges(next);
    expect(await held(chain)).toEqual(undisturbed);
    // What was on its way and what was read ahead is read again.
    const ahead = (4 * sizes.associationInputs) / sizes.list;
    expect(callsOf(dying) + callsOf(next)).toBeLessThanOrEqual(fastCalls + 2 * pagesInFlight + ahead);
  });

  test.each([
    ['fast', 'frugal'],
    ['frugal', 'fast'],
  ] as const)('goes on where it stopped when %s becomes %s', async (first, then) => {
    const { chain, reader } = await started();
    const cut = await pullChanges(reader(first), { deadline: chain.clock.now() + seconds(3) });
    const after = reader(then);
    const rest = await pullChanges(after);
    expect(cut.done).toBe(false);
    expect(cut.kinds.contact?.seen).toBeGreaterThan(0);
    expect((cut.kinds.contact?.seen ?? 0) + (rest.kinds.contact?.seen ?? 0)).toBe(amounts.contacts);
    expect(after.crm.calls().byKind.list ?? 0)[then === 'fast' ? 'toBeGreaterThan' : 'toBe'](0);
    expect(await held(chain)).toEqual(undisturbed);
  });

  test('reads no further ahead than a few batches while the store is slow', async () => {
    const { chain, reader } = await started();
    const fast = reader('fast');
    const rows = new Set<string>();
    let saved = 0;
    let furthest = 0;
    const counted = <A extends unknown[]>(read: (...args: A) => ReturnType<Crm['listAfter']>) => {
      return async (...args: A) => {
        const page = await read(...args);
        for (const { kind, id } of page.records) rows.add(`${kind} ${id}`);
        furthest = Math.max(furthest, rows.size - saved);
        return page;
      };
    };
    const { crm, store } = fast;
    const slow: Store = {
      ...store,
      saveRecords: async (list, seen) => {
        await chain.clock.sleep(seconds(10));
        saved += list.length;
        return store.saveRecords(list, seen);
      },
    };
    const watched = { ...crm, listAfter: counted(crm.listAfter), recordsBefore: counted(crm.recordsBefore) };
    await pullChanges({ ...fast, crm: watched, store: slow });
    expect(saved).toBe(records);
    const inFlight = lanesOf.fast.list * sizes.list + lanesOf.fast.search * sizes.search;
    expect(furthest).toBeLessThanOrEqual(5 * sizes.associationInputs + inFlight);
  });

  test('ends with the error of a call that fails, and keeps what was read before', async () => {
    const { chain, reader } = await started();
    const fast = reader('fast');
    let pages = 0;
    const listAfter: Crm['listAfter'] = async (kind, after) => {
      if (kind === 'contact' && ++pages > 12) throw new Error('The list fails.');
      return fast.crm.listAfter(kind, after);
    };
    await expect(pullChanges({ ...fast, crm: { ...fast.crm, listAfter } })).rejects.toThrow('The list fails.');
    const kept = await fast.store.countRecords('contact');
    const { kinds } = await pullChanges(reader('fast'));
    expect(kept).toBeGreaterThan(0);
    expect(kinds.contact?.seen).toBe(amounts.contacts - kept);
    expect(await held(chain)).toEqual(undisturbed);
  });
});

describe('the mode of a backfill', () => {
  const crmWith = (remaining: number): Crm => {
    const config = readConfig({});
    const clock = { now: () => 0, sleep: async () => {} };
    const crm = hubSpotCrm({ accessToken: 'pat-none', config, clock });
    return { ...crm, allowance: () => ({ calls: 625_000, remaining }) };
  };
  const modeOf = (left: number | null, remaining = 625_000, backfill: 'auto' | BackfillMode = 'auto') =>
    backfillMode({ crm: crmWith(remaining), config: readConfig({ sync: { backfill } }) }, 'contact', left);

  test('is frugal until it is known that there is much to read', () => {
    expect([modeOf(null), modeOf(fewRecords - 1), modeOf(fewRecords)]).toEqual(['frugal', 'frugal', 'fast']);
  });

  test('is fast only for half of what the reserve leaves of the day', () => {
    const reserve = reserveOfDay * 625_000;
    expect(modeOf(1_000_000, reserve + 18_000)).toBe('fast');
    expect(modeOf(1_000_000, reserve + 16_000)).toBe('frugal');
    expect(modeOf(1_000_000, 1_000)).toBe('frugal');
  });

  test('is what the configuration says, where it does', () => {
    expect([modeOf(null, 0, 'fast'), modeOf(1_000_000, 625_000, 'frugal')]).toEqual(['fast', 'frugal']);
  });

  test('leaves to others what the governor keeps for them', () => {
    expect(reserveOfDay).toBe(lanes.backfill.reserve);
  });
});
