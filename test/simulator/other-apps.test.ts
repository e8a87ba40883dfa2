import { expect, test } from 'vitest';
import { RateLimiter } from '#local/simulator/limits/rate-limiter.ts';

const midnight = Date.UTC(2026, 8, 1);
const limiterWith = (share: number, sharedBurst = false, seed = 1): RateLimiter =>
  new RateLimiter({ tier: 'professional', timeZone: 'UTC', enforced: true, otherApps: { share, sharedBurst, seed } });

/** Calls at even distances; how many were let in. */
function calling(
  limiter: RateLimiter,
  kind: 'search' | 'list',
  { everyMs, times }: { everyMs: number; times: number },
) {
  let admitted = 0;
  for (let call = 0; call < times; call += 1) {
    try {
      limiter.admit(kind, midnight + call * everyMs, '1');
      admitted += 1;
    } catch {}
  }
  return admitted;
}

test('other apps make a fifth of the searches an account may make, and find room where we leave it', () => {
  const limiter = limiterWith(0.2);
  expect(calling(limiter, 'search', { everyMs: 1_000, times: 600 })).toBe(600);
  expect(limiter.otherCalls).toEqual({ app: 0, associations: 0, search: 601 });
  expect(limiter.refusals).toEqual({ own: 0, shared: 0 });
});

test.each([
  ['four fifths of the searches is refused now and then', 250, 2_400, [1, 300]],
  ['all the searches an account may make is refused a fifth of them', 200, 3_000, [590, 610]],
] as const)('who makes %s, for the sake of others, who lose nothing', (_, everyMs, times, [least, most]) => {
  const limiter = limiterWith(0.2);
  const admitted = calling(limiter, 'search', { everyMs, times });
  const { own, shared } = limiter.refusals;
  expect([own, admitted + shared]).toEqual([0, times]);
  expect(shared).toBeGreaterThanOrEqual(least);
  expect(shared).toBeLessThanOrEqual(most);
  expect(limiter.otherCalls.search).toBeGreaterThan(598);
});

test('who searches more often than the account allows is refused on its own account too', () => {
  const limiter = limiterWith(0.2);
  const admitted = calling(limiter, 'search', { everyMs: 100, times: 6_000 });
  const { own, shared } = limiter.refusals;
  expect(own).toBeGreaterThan(2_000);
  expect(admitted + own + shared).toBe(6_000);
  expect(admitted + limiter.otherCalls.search).toBeLessThanOrEqual(5 * 602);
});

test('the ten-second limit is an app’s own, unless it is said to be shared', () => {
  const hundredSeconds = { everyMs: 53, times: 1_886 };
  const alone = limiterWith(0.2);
  expect(calling(alone, 'list', hundredSeconds)).toBe(1_886);
  const together = limiterWith(0.2, true);
  expect(calling(together, 'list', hundredSeconds)).toBeLessThan(1_650);
  expect(together.refusals.own).toBe(0);
  expect(together.refusals.shared).toBeGreaterThan(200);
});

test('other apps use the day evenly, and headers tell', () => {
  const limiter = limiterWith(0.2);
  const left = (hour: number) =>
    limiter.headers('list', midnight + hour * 3_600_000)['X-HubSpot-RateLimit-Daily-Remaining'];
  expect([left(0), left(12), left(24)]).toEqual(['625000', '562500', '625000']);
});

test('a day that others have used up is not our doing', () => {
  const limiter = limiterWith(1);
  const lastMoment = midnight + 24 * 3_600_000 - 1;
  limiter.daily.most = 2;
  limiter.admit('list', lastMoment, '1');
  expect(() => limiter.admit('list', lastMoment, '1')).toThrow('You have reached your daily limit.');
  expect(limiter.refusals).toEqual({ own: 0, shared: 1 });
});

test('when they call depends on the seed alone', () => {
  const refused = (seed: number) => {
    const limiter = limiterWith(0.4, false, seed);
    return calling(limiter, 'search', { everyMs: 210, times: 500 });
  };
  expect(refused(1)).toBe(refused(1));
  expect(new Set([1, 2, 3, 4].map(refused)).size).toBeGreaterThan(1);
});
