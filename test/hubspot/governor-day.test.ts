import { expect, test } from 'vitest';
import { accountGovernor } from '#hubspot/account-governor.ts';
import { dayEndsAt } from '#hubspot/day-budget.ts';
import { type Lane, lanes } from '#hubspot/lanes.ts';
import { memoryBook } from '#hubspot/memory-book.ts';
import { nextMidnight } from '#local/simulator/limits/account-day.ts';
import { tickClock } from './tick-clock.ts';

const morning = Date.parse('2026-09-01T08:00:00Z');
const midnightInBerlin = Date.parse('2026-09-01T22:00:00Z');
const calls = 250_000;

function opened() {
  const leases = memoryBook();
  const clock = tickClock(morning);
  const governor = (lane: Lane) => accountGovernor({ leases, clock, lane });
  return { leases, clock, governor };
}

test.each([
  ['webhook', 1, 0],
  ['write-back', 12_501, 12_500],
  ['poll', 25_001, 25_000],
  ['backfill', 62_501, 62_500],
] as const)('%s calls go on while %i of 250,000 are left today, and stop at %i', async (lane, enough, tooFew) => {
  const { governor } = opened();
  const own = governor(lane);
  await own.inZone('Europe/Berlin');
  await own.learn('read', { daily: { calls, remaining: enough } });
  await own.acquire('read');
  await own.learn('read', { daily: { calls, remaining: tooFew } });
  await expect(own.acquire('read')).rejects.toMatchObject({
    name: 'HubSpotBusyError',
    message: expect.stringContaining(
      lane === 'webhook' ? 'is used up' : `last ${lanes[lane].reserve * 100} % are kept`,
    ),
    retryAt: midnightInBerlin,
    laneOnly: lane !== 'webhook',
  });
});

test('searches, which carry no headers, are counted by hand', async () => {
  const { governor } = opened();
  const own = governor('webhook');
  await own.learn('read', { daily: { calls, remaining: 3 } });
  for (let call = 0; call < 3; call += 1) await own.acquire('search');
  await expect(own.acquire('search')).rejects.toThrow('used up');
});

test('what one process learned of the day holds for the others, those that start later too', async () => {
  const { governor, clock } = opened();
  await governor('poll').learn('read', { daily: { calls, remaining: 20_000 } });
  await expect(governor('backfill').acquire('search')).rejects.toThrow('kept for more urgent work');
  const searching = governor('poll');
  await expect(searching.acquire('search')).rejects.toThrow('kept for more urgent work');
  await clock.sleep(16_000);
  await governor('webhook').learn('read', { daily: { calls: 2 * calls, remaining: 300_000 } });
  await clock.sleep(60_000);
  await searching.acquire('search');
});

test('what processes spend without headers adds up', async () => {
  const { governor, clock } = opened();
  const [one, other] = [governor('webhook'), governor('webhook')];
  await one.learn('read', { daily: { calls, remaining: 150 } });
  for (let call = 0; call < 60; call += 1) for (const each of [one, other]) await each.acquire('search');
  await clock.sleep(61_000);
  for (const each of [one, other]) await each.acquire('search');
  const late = governor('webhook');
  for (let call = 0; call < 150 - 2 * 60; call += 1) await late.acquire('search');
  await expect(late.acquire('search')).rejects.toThrow('used up');
});

test("the day begins anew at midnight in the account's time zone", async () => {
  const { governor, clock } = opened();
  const own = governor('webhook');
  await own.inZone('Europe/Berlin');
  await own.learn('read', { daily: { calls, remaining: 0 } });
  await clock.sleep(midnightInBerlin - morning - 1);
  await expect(own.acquire('read')).rejects.toThrow('used up');
  await clock.sleep(1);
  await own.acquire('read');
  await expect(governor('webhook').acquire('read')).resolves.toBeUndefined();
});

test('where the time zone is not known, a used-up day is tried again at each quarter of an hour, one of which is midnight', async () => {
  const { governor, clock } = opened();
  const own = governor('webhook');
  await own.learn('read', { daily: { calls, remaining: 0 } });
  await expect(own.acquire('read')).rejects.toMatchObject({ retryAt: morning + 15 * 60_000 });
  await clock.sleep(15 * 60_000);
  await own.acquire('read');
});

test("after a 429 for the day nobody asks before midnight, which the account's own time zone decides", async () => {
  const { governor } = opened();
  const own = governor('webhook');
  await own.inZone('Asia/Kathmandu');
  const midnight = Date.parse('2026-09-01T18:15:00Z');
  expect(await own.dayIsOver('search')).toBe(midnight);
  await expect(governor('webhook').acquire('read')).rejects.toMatchObject({ retryAt: midnight });
});

test.each([
  ['Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['America/Sao_Paulo', '2018-11-03T23:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T12:00:00Z'],
  ['US/Eastern', '2026-03-08T06:59:59Z'],
  ['Pacific/Apia', '2011-12-29T12:00:00Z'],
])('in %s the day of %s ends when its clocks say so', (zone, at) => {
  expect(dayEndsAt(zone, Date.parse(at))).toBe(nextMidnight(Date.parse(at), zone));
});
