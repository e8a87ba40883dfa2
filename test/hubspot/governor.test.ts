import { expect, test } from 'vitest';
import { processGovernor } from '#hubspot/account-governor.ts';
import type { Wait } from '#hubspot/governor.ts';
import type { CallKind } from '#hubspot/routes.ts';
import { busiest } from './busiest.ts';
import { tickClock } from './tick-clock.ts';

async function sendMany(kind: CallKind, calls: number, clock = tickClock(0), governor = processGovernor({ clock })) {
  const moments: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    await governor.acquire(kind);
    moments.push(clock.now());
  }
  return moments;
}

/** Calls a second over the whole time. */
const rate = (moments: readonly number[]): number =>
  (moments.length - 1) / (((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1_000);

test('searches use more than nine tenths of five a second and never more than five', async () => {
  const moments = await sendMany('search', 500);
  expect(busiest(moments, 1_000)).toBeLessThanOrEqual(5);
  expect(rate(moments)).toBeGreaterThan(4.75);
});

test.each(['read', 'associations'] as const)(
  '%s calls use more than nine tenths of 100 in ten seconds',
  async (kind) => {
    const moments = await sendMany(kind, 2_000);
    expect(busiest(moments, 10_000)).toBeLessThanOrEqual(100);
    expect(rate(moments)).toBeGreaterThan(9.5);
  },
);

test('a caller that is slower than the pace never waits', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  for (let call = 1; call <= 20; call += 1) {
    await governor.acquire('write');
    await clock.sleep(150);
    expect(clock.now()).toBe(150 * call);
  }
});

test('a call is served at whatever moment it comes while another one is', async () => {
  for (let turns = 0; turns < 40; turns += 1) {
    const governor = processGovernor({ clock: tickClock(0) });
    const first = governor.acquire('read');
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await Promise.all([first, governor.acquire('read')]);
  }
});

test('searches and associations do not wait for other calls', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  const [, after = 0] = await sendMany('write', 2, clock, governor);
  await governor.acquire('search');
  await governor.acquire('associations');
  expect(clock.now()).toBe(after);
});

test("HubSpot's headers raise the burst to what the account has", async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  await governor.learn('read', { window: { calls: 190, remaining: 189 } });
  const moments = await sendMany('read', 400, clock, governor);
  expect(busiest(moments, 10_000)).toBeLessThanOrEqual(190);
  expect(rate(moments)).toBeGreaterThan(18.5);
});

test('where headers tell that others fill the window, the pace slows before a 429', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  const free = rate(await sendMany('read', 20, clock, governor));
  await governor.learn('read', { window: { calls: 100, remaining: 0 } });
  expect(rate(await sendMany('read', 20, clock, governor))).toBeLessThan(0.96 * free);
});

test("the burst's limit on an answer about associations does not raise theirs", async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  await governor.learn('associations', { window: { calls: 190, remaining: 190 } });
  expect(busiest(await sendMany('associations', 200, clock, governor), 10_000)).toBeLessThanOrEqual(100);
});

test('who waits is told why and for how long', async () => {
  const waits: Wait[] = [];
  const clock = tickClock(0);
  const governor = processGovernor({ clock, onWait: (wait) => waits.push(wait) });
  for (let call = 0; call < 3; call += 1) await governor.acquire('search');
  expect(waits).toEqual([
    { kind: 'search', budget: 'search', ms: 206 },
    { kind: 'search', budget: 'search', ms: 206 },
  ]);
});

test('a used-up day is refused at once, and asked about again at the next quarter of an hour', async () => {
  const clock = tickClock(60_000);
  const governor = processGovernor({ clock });
  expect(await governor.dayIsOver('search')).toBe(15 * 60_000);
  await expect(governor.acquire('write')).rejects.toMatchObject({
    name: 'HubSpotBusyError',
    retryable: true,
    retryAt: 15 * 60_000,
  });
  await clock.sleep(14 * 60_000);
  await governor.acquire('write');
});

test('a daily remainder of zero stops the day', async () => {
  const governor = processGovernor({ clock: tickClock(0) });
  await governor.learn('read', { daily: { calls: 250_000, remaining: 0 } });
  await expect(governor.acquire('read')).rejects.toThrow('daily allowance of 250,000 calls to HubSpot is used up');
});
