import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountGovernor, processGovernor } from '#hubspot/account-governor.ts';
import type { Governor } from '#hubspot/governor.ts';
import { type Lane, lanes } from '#hubspot/lanes.ts';
import { memoryBook } from '#hubspot/memory-book.ts';
import type { CallKind } from '#hubspot/routes.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import type { LeaseBook } from '#pipeline/ports.ts';
import { StoreBusyError } from '#platform/errors.ts';
import { busiest } from './busiest.ts';
import { tickClock } from './tick-clock.ts';

const start = Date.parse('2026-09-01T08:00:00Z');
const laneNames = Object.keys(lanes) as Lane[];

/** A book that takes as long as DynamoDB does, and counts what it is asked to write. */
function slowBook(clock: VirtualClock, book = memoryBook()): LeaseBook & { writes: number } {
  return {
    writes: 0,
    readLease: async <T>(name: string) => {
      await clock.sleep(5);
      return book.readLease<T>(name);
    },
    async swapLease(name, before, after) {
      this.writes += 1;
      await clock.sleep(5);
      return book.swapLease(name, before, after);
    },
  };
}

/** An account whose processes share one book. */
function account(seed = 1) {
  const clock = virtualClock(start);
  const leases = slowBook(clock);
  const sent: { readonly lane: Lane; readonly at: number; readonly waited: number }[] = [];
  let workers = 0;
  const governor = (lane: Lane): Governor => {
    workers += 1;
    return accountGovernor({ leases, clock, lane, random: randomStream(seed, 'worker', workers).unit });
  };
  const call = async (by: Governor, lane: Lane, kind: CallKind): Promise<void> => {
    const asked = clock.now();
    await by.acquire(kind);
    sent.push({ lane, at: clock.now(), waited: clock.now() - asked });
  };
  /** A process of its own that calls one after the other, each answered after `latencyMs`, for so long. */
  const work = async (
    lane: Lane,
    kind: CallKind,
    { forMs, latencyMs = 300 }: { forMs: number; latencyMs?: number },
  ) => {
    const own = governor(lane);
    const until = clock.now() + forMs;
    while (clock.now() < until) {
      await call(own, lane, kind);
      await clock.sleep(latencyMs);
    }
  };
  return { clock, leases, sent, governor, call, work };
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

test('whatever the lanes and the moments, no second holds more than five searches of all processes together', async () => {
  const worker = fc.record({
    lane: fc.constantFrom(...laneNames),
    startsAt: fc.nat(3_000),
    calls: fc.integer({ min: 1, max: 6 }),
    latencyMs: fc.nat(600),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 12 }), fc.nat(), async (workers, seed) => {
      const { clock, governor, call, sent } = account(seed);
      await Promise.all(
        workers.map(async ({ lane, startsAt, calls, latencyMs }) => {
          const own = governor(lane);
          await clock.sleep(startsAt);
          for (let at = 0; at < calls; at += 1) {
            await call(own, lane, 'search');
            await clock.sleep(latencyMs);
          }
        }),
      );
      const moments = sent.map(({ at }) => at);
      expect(moments).toHaveLength(workers.reduce((sum, { calls }) => sum + calls, 0));
      expect(busiest(moments, 1_000)).toBeLessThanOrEqual(5);
    }),
    { numRuns: 30 },
  );
});

test('twenty backfill processes leave nothing of the search limit unused, and write less than one and a half times a call', async () => {
  const { leases, sent, work } = account();
  await Promise.all(times(20, () => work('backfill', 'search', { forMs: 20_000 })));
  const moments = sent.map(({ at }) => at).filter((at) => at < start + 20_000);
  expect(moments.length / 100).toBeGreaterThan(0.95);
  expect(busiest(moments, 1_000)).toBe(5);
  expect(leases.writes / sent.length).toBeLessThan(1.5);
});

test('many calls of one process lease their slots with few writes', async () => {
  const { leases, sent, governor, call } = account();
  const own = governor('backfill');
  await Promise.all(times(60, () => call(own, 'backfill', 'list')));
  expect(sent).toHaveLength(60);
  expect(leases.writes).toBeLessThan(30);
});

test.each(['search', 'read', 'associations'] as const)(
  'a webhook waits less than a second for its %s call, however busy the backfill',
  async (kind) => {
    const { clock, sent, work, governor, call } = account();
    const busy = times(25, () => work('backfill', kind, { forMs: 15_000 }));
    const webhook = async () => {
      const own = governor('webhook');
      for (let at = 0; at < 8; at += 1) {
        await clock.sleep(1_500);
        await call(own, 'webhook', kind);
      }
    };
    await Promise.all([...busy, webhook()]);
    const waits = sent.filter(({ lane }) => lane === 'webhook').map(({ waited }) => waited);
    expect(waits).toHaveLength(8);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
  },
);

test('where there is too little for all, the more urgent lane gets it', async () => {
  const { sent, work } = account();
  await Promise.all([
    ...times(8, () => work('backfill', 'search', { forMs: 15_000 })),
    ...times(8, () => work('poll', 'search', { forMs: 15_000 })),
  ]);
  const within = sent.filter(({ at }) => at < start + 15_000);
  const ofPoll = within.filter(({ lane }) => lane === 'poll').length;
  expect(ofPoll / within.length).toBeGreaterThan(0.8);
});

test('what a call would have to wait longer for than its lane is patient comes back with when to try again', async () => {
  const { clock, governor } = account();
  const own = governor('webhook');
  await own.limited('read', 25_000);
  await expect(own.acquire('read')).rejects.toMatchObject({
    name: 'HubSpotBusyError',
    retryAt: clock.now() + 25_000 - 5,
  });
  await own.acquire('search');
});

test('a process whose calls all came back sleeps for none of them: the next one comes back at once too', async () => {
  const { clock, governor } = account();
  const own = governor('webhook');
  await own.limited('read', 60_000);
  const before = clock.now();
  for (let tries = 0; tries < 2; tries += 1)
    await expect(own.acquire('read')).rejects.toMatchObject({ name: 'HubSpotBusyError' });
  expect(clock.now() - before).toBeLessThan(1000);
});

test('a process that starts knows what another one learned of the limits, and of a 429', async () => {
  const { clock, governor, call, sent } = account();
  const first = governor('poll');
  await first.learn('read', { window: { calls: 190, remaining: 180 } });
  await first.limited('associations', 10_000);
  const held = clock.now() + 5_000 - 5;
  const second = governor('poll');
  for (let at = 0; at < 30; at += 1) await call(second, 'poll', 'read');
  const [from, to] = [sent[0]?.at ?? 0, sent.at(-1)?.at ?? 0];
  expect((to - from) / 29).toBeLessThan(100);
  await second.acquire('associations');
  expect(clock.now()).toBeGreaterThanOrEqual(held);
});

test('a process that was asleep when its slot came leases another one', async () => {
  const clock = virtualClock(start);
  let freezeMs = 0;
  const freezing = {
    ...clock,
    sleep: async (ms: number) => {
      await clock.sleep(ms + freezeMs);
      freezeMs = 0;
    },
  };
  const governor = processGovernor({ clock: freezing });
  await governor.acquire('search');
  freezeMs = 10_000;
  await governor.acquire('search');
  const late = clock.now();
  await governor.acquire('search');
  expect([late - start, clock.now() - late]).toEqual([10_206, 206]);
});

test('slots that a dead process held are lost, and nothing else', async () => {
  const { clock, governor, work, sent } = account();
  const dying = governor('backfill');
  void Promise.all(times(5, () => dying.acquire('search')));
  await clock.sleep(50);
  await work('backfill', 'search', { forMs: 5_000, latencyMs: 0 });
  expect(sent.filter(({ at }) => at < start + 5_000).length).toBeGreaterThan(24 - 5 - 2);
});

test('a book that cannot be read gives the call back; one that cannot be written to spoils no answer', async () => {
  const broken: LeaseBook = {
    readLease: async () => {
      throw new StoreBusyError('No table.', 'Wait.');
    },
    swapLease: async () => null,
  };
  const governor = accountGovernor({ leases: broken, clock: tickClock(), lane: 'poll' });
  await expect(governor.acquire('read')).rejects.toBeInstanceOf(StoreBusyError);
  await governor.learn('read', { window: { calls: 190, remaining: 189 }, daily: { calls: 625_000, remaining: 4 } });
});

test.each([
  [5, 1_000],
  // The first comes too late for its own place, and finds one behind all others: no later than if nobody had rushed.
  [300, 60 * 103 + 500],
])(
  'after a lull no call is given up, though the first write of the book takes %i ms, nor sent after %i ms',
  async (firstMs, longestMs) => {
    const clock = virtualClock(Date.parse('2026-09-01T08:00:00Z'));
    const book = memoryBook();
    let writes = 0;
    const leases: LeaseBook = {
      readLease: async (name) => {
        await clock.sleep(5);
        return book.readLease(name);
      },
      swapLease: async (name, before, after) => {
        writes += 1;
        await clock.sleep(writes === 1 ? firstMs : 5);
        return book.swapLease(name, before, after);
      },
    };
    const governor = accountGovernor({ leases, clock, lane: 'webhook', random: () => 0.5 });
    const start = clock.now();
    const calls = Array.from({ length: 60 }, async () => {
      await governor.acquire('associations');
      return clock.now() - start;
    });
    expect(Math.max(...(await Promise.all(calls)))).toBeLessThan(longestMs);
  },
);
