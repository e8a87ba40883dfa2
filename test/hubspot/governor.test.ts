import fc from 'fast-check';
import { expect, test } from 'vitest';
import { processGovernor, type Wait } from '#hubspot/governor.ts';
import { smallestLimits } from '#hubspot/limits.ts';
import { rollingWindow } from '#hubspot/rolling-window.ts';
import type { CallKind } from '#hubspot/routes.ts';
import { tickClock } from './tick-clock.ts';

const busiest = (moments: readonly number[], span: number): number =>
  Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + span).length));

async function sendMany(kind: CallKind, calls: number): Promise<number[]> {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  const moments: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    await governor.acquire(kind);
    moments.push(clock.now());
  }
  return moments;
}

test('searches use more than nine tenths of five a second and never more than five', async () => {
  const moments = await sendMany('search', 500);
  expect(busiest(moments, 1_000)).toBe(5);
  expect(500 / ((moments.at(-1) ?? 0) / 1_000)).toBeGreaterThan(4.75);
});

test.each(['read', 'associations'] as const)(
  '%s calls use more than nine tenths of 100 in ten seconds',
  async (kind) => {
    const moments = await sendMany(kind, 2_000);
    expect(busiest(moments, 10_000)).toBe(100);
    expect(2_000 / ((moments.at(-1) ?? 0) / 10_000)).toBeGreaterThan(95);
  },
);

test('whatever the arrivals, no rolling second holds more than its limit', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 200 }), (gaps) => {
      const window = rollingWindow(smallestLimits.windows.search);
      let now = 0;
      const moments = gaps.map((gap) => {
        now += gap;
        const at = window.earliest(now);
        window.reserve(at);
        return at;
      });
      expect(busiest(moments, 1_000)).toBeLessThanOrEqual(5);
    }),
  );
});

test('searches do not wait for a full burst', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  for (let call = 0; call < 100; call += 1) await governor.acquire('write');
  await governor.acquire('search');
  await governor.acquire('associations');
  expect(clock.now()).toBe(0);
});

test("HubSpot's headers raise the burst to what the account has", async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  await governor.acquire('read');
  governor.learn('read', { window: { calls: 190, remaining: 189 } });
  for (let call = 1; call < 190; call += 1) await governor.acquire('read');
  expect(clock.now()).toBe(0);
  await governor.acquire('read');
  expect(clock.now()).toBeGreaterThan(10_000);
});

test('calls of others in the same budget are counted as ours', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  await governor.acquire('read');
  governor.learn('read', { window: { calls: 100, remaining: 10 } });
  for (let call = 0; call < 10; call += 1) await governor.acquire('read');
  expect(clock.now()).toBe(0);
  await governor.acquire('read');
  expect(clock.now()).toBeGreaterThan(10_000);
});

test("the burst's limit on an answer about associations does not raise theirs", async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  governor.learn('associations', { window: { calls: 190, remaining: 190 } });
  for (let call = 0; call <= 100; call += 1) await governor.acquire('associations');
  expect(clock.now()).toBeGreaterThan(10_000);
});

test('who waits is told why and for how long', async () => {
  const waits: Wait[] = [];
  const governor = processGovernor({ clock: tickClock(0), onWait: (wait) => waits.push(wait) });
  for (let call = 0; call < 6; call += 1) await governor.acquire('search');
  expect(waits).toEqual([{ kind: 'search', budget: 'search', ms: 1_040 }]);
});

test('a used-up day is refused at once, and asked about again after a quarter of an hour', async () => {
  const clock = tickClock(0);
  const governor = processGovernor({ clock });
  governor.dayIsOver('search');
  await expect(governor.acquire('write')).rejects.toMatchObject({ name: 'HubSpotBusyError', retryable: true });
  await clock.sleep(15 * 60_000);
  await governor.acquire('write');
});

test('a daily remainder of zero stops the day', async () => {
  const governor = processGovernor({ clock: tickClock(0) });
  governor.learn('read', { daily: { calls: 250_000, remaining: 0 } });
  await expect(governor.acquire('read')).rejects.toThrow('daily allowance of 250,000 calls');
});
