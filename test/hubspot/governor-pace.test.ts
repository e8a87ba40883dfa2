import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallestLimits, type WindowName } from '#hubspot/limits.ts';
import {
  afterRefusal,
  firstPace,
  isCrowded,
  nextSlot,
  type Pace,
  type Slot,
  shareAt,
  spacingOf,
  steppedBack,
  takeSlots,
  withCalls,
} from '#hubspot/pace.ts';
import { busiest } from './busiest.ts';

const sentAt = (slots: readonly Slot[]): number[] => slots.map(({ from }) => from);

const names = ['burst', 'search', 'associations'] as const;
const { windows } = smallestLimits;
const { search, burst } = windows;

/** What happens next: after a gap a worker leases slots, with a lead of its lane's, or is refused by HubSpot. */
const event = fc.record({
  gap: fc.oneof(fc.nat(30), fc.nat(3_000), fc.nat(15_000)),
  worker: fc.nat(9),
  most: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(200)),
  aheadMs: fc.constantFrom(0, 500, 575, 10_000),
  late: fc.constantFrom(0, 0, 0.5, 1),
  isRefusal: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

test.each(names)(
  'no rolling window of %s holds more than its limit, whoever leases when, with clocks apart by less than the margin',
  (name: WindowName) => {
    const limit = windows[name];
    const skews = fc.array(fc.nat(limit.marginMs - 1), { minLength: 10, maxLength: 10 });
    const calls = name === 'search' ? fc.constant(5) : fc.constantFrom(7, 20, 100, 150, 190, 250);
    fc.assert(
      fc.property(calls, skews, fc.array(event, { maxLength: 150 }), (allowed, skewOf, events) => {
        let pace: Pace = { ...firstPace(limit), calls: allowed };
        let at = 1_000_000;
        const sent: number[] = [];
        for (const { gap, worker, most, aheadMs, isRefusal, late } of events) {
          at += gap;
          const skew = skewOf[worker] as number;
          const now = at + skew;
          if (isRefusal) pace = afterRefusal(limit, pace, now, limit.holdMs);
          const taken = takeSlots(limit, pace, { now, upTo: now + aheadMs, most });
          pace = taken.pace;
          // A call of a rush may be sent as late as its place.
          sent.push(...taken.slots.map(({ from, place }) => from + late * (place - from) - skew));
        }
        expect(busiest(sent, limit.perMs)).toBeLessThanOrEqual(allowed);
      }),
    );
  },
);

test('clocks further apart than the margin are what breaks it: the margin is no larger than it must be', () => {
  const ofFastClock = takeSlots(search, firstPace(search), { now: 10_000, upTo: 20_000, most: 5 });
  const ofSlowClock = takeSlots(search, ofFastClock.pace, { now: 10_000, upTo: 20_000, most: 1 });
  const apart = (ms: number) =>
    busiest([...sentAt(ofFastClock.slots), ...sentAt(ofSlowClock.slots).map((at) => at - ms)], 1_000);
  expect([apart(0), apart(search.marginMs), apart(search.marginMs + 1)]).toEqual([5, 5, 6]);
});

test.each(names)('leased one after the other, slots of %s use more than 97 of a hundred calls allowed', (name) => {
  const limit = windows[name];
  const span = 20 * limit.perMs;
  const { slots } = takeSlots(limit, firstPace(limit), { now: 0, upTo: span, most: 1e6 });
  expect(slots.length / (20 * limit.calls)).toBeGreaterThan(0.97);
});

test('after a lull calls go at once, are paid back by those that follow, and even then no window holds too many', () => {
  const lull = takeSlots(burst, firstPace(burst), { now: 0, upTo: 10_000, most: 40 });
  expect(sentAt(lull.slots)).toEqual(Array(40).fill(0));
  const after = takeSlots(burst, lull.pace, { now: 1_000, upTo: 11_000, most: 2 });
  expect(sentAt(after.slots)).toEqual([4_100, 4_203]);
  const later = takeSlots(burst, after.pace, { now: 9_000, upTo: 19_000, most: 100 });
  expect(sentAt(later.slots).filter((at) => at === 9_000)).toHaveLength(100 - 2 - 42);
});

test('a clock that was wrong by a day once keeps nobody from rushing', () => {
  const day = 86_400_000;
  const wrong = takeSlots(burst, firstPace(burst), { now: day, upTo: day + 10_000, most: 98 });
  const { pace } = takeSlots(burst, wrong.pace, { now: 1_000, upTo: 11_000, most: 1 });
  const later = takeSlots(burst, pace, { now: 3_600_000, upTo: 3_610_000, most: 40 });
  expect(sentAt(later.slots)).toEqual(Array(40).fill(3_600_000));
});

test('where others draw on the window nothing goes at once, nor ever among searches', () => {
  const met = { ...firstPace(burst), met: { at: 0, share: 1 } };
  expect(sentAt(takeSlots(burst, met, { now: 1_000, upTo: 2_000, most: 2 }).slots).at(-1)).toBeGreaterThan(1_000);
  expect(sentAt(takeSlots(search, firstPace(search), { now: 1_000, upTo: 2_000, most: 2 }).slots)).toEqual([
    1_000, 1_206,
  ]);
});

test('nobody gets a slot past the lead of its lane', () => {
  const { slots } = takeSlots(search, firstPace(search), { now: 0, upTo: 500, most: 10 });
  expect(sentAt(slots)).toEqual([0, 206, 412]);
});

const refusedTimes = (times: number, at: number, pace = firstPace(search)): Pace =>
  Array.from({ length: times }).reduce<Pace>((held) => afterRefusal(search, held, at, search.holdMs), pace);

test('two refused searches a second are the price of sharing; the third makes everybody step back by 6 %', () => {
  const tolerated = refusedTimes(2, 10_000);
  expect(shareAt(search, tolerated, 10_000)).toBe(1);
  expect(nextSlot(tolerated, 10_000)).toBe(10_000);
  const tooMany = refusedTimes(1, 10_500, tolerated);
  expect(shareAt(search, tooMany, 10_500)).toBeCloseTo(0.94);
  expect(nextSlot(tooMany, 10_500)).toBe(10_750);
  expect(shareAt(search, refusedTimes(9, 10_600, tooMany), 10_600)).toBeCloseTo(0.94, 2);
  expect(shareAt(search, refusedTimes(2, 11_000, tolerated), 11_000)).toBe(1);
});

test('after stepping back the share returns by itself: slowly near where others were met, then ever faster, to all of it', () => {
  const pace = refusedTimes(3, 10_000);
  const met = refusedTimes(3, 12_000, pace);
  const share = (second: number) => shareAt(search, met, 12_000 + second * 1_000);
  const { share: before } = met.met ?? { share: Number.NaN };
  expect(share(15)).toBeCloseTo(before);
  expect(share(16) - share(15)).toBeLessThan(share(1) - share(0));
  expect(share(60)).toBe(1);
  const shares = Array.from({ length: 60 }, (_, second) => share(second));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('however often others are met, a twentieth of the window stays ours', () => {
  let pace = firstPace(search);
  for (let second = 1; second < 500; second += 1) pace = refusedTimes(3, second * 1_000, pace);
  expect(shareAt(search, pace, 500_000)).toBeGreaterThanOrEqual(0.05);
  expect(shareAt(search, pace, 500_000)).toBeLessThan(0.1);
});

test('a higher limit holds at once; a lower one once calls already sent have left the window', () => {
  const professional = withCalls(burst, { ...firstPace(burst), next: 1_000 }, 1_000, 190);
  expect([nextSlot(professional, 1_000), spacingOf(burst, professional, 1_000)]).toEqual([1_000, 10_250 / 190]);
  const { slots: leased, pace } = takeSlots(burst, professional, { now: 1_000, upTo: 11_000, most: 1e6 });
  const slots = sentAt(leased);
  const lowered = withCalls(burst, pace, 11_000, 100);
  const after = sentAt(takeSlots(burst, lowered, { now: 11_000, upTo: 31_000, most: 1e6 }).slots);
  const [first = 0] = after;
  expect(slots.filter((at) => at > first - 10_000).length).toBeLessThanOrEqual(100);
  expect(busiest([...slots.filter((at) => at > first - 10_000), ...after], 10_000)).toBeLessThanOrEqual(100);
});

test('headers tell of others in the window before a 429 does, and never mistake our own full pace for others', () => {
  const { slots } = takeSlots(burst, firstPace(burst), { now: 0, upTo: 60_000, most: 1e6 });
  const fewestLeft = 100 - busiest(sentAt(slots), 10_000);
  expect(isCrowded(burst, 100, fewestLeft)).toBe(false);
  expect(isCrowded(burst, 100, 0)).toBe(true);
  expect(steppedBack(burst, firstPace(burst), 5_000).met).toEqual({ at: 5_000, share: 1 });
});

test('a slot that only a clock wrong by minutes could have leased is not waited for', () => {
  const farAhead = { ...firstPace(search), next: 10_000_000 };
  expect(nextSlot(farAhead, 9_990_000)).toBe(10_000_000);
  expect(nextSlot(farAhead, 9_000_000)).toBe(9_000_000);
});
