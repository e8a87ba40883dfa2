import { describe, expect, test } from 'vitest';
import { RateLimiter } from '#local/simulator/limits/rate-limiter.ts';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const contacts = [record('1')];
const list = '/crm/objects/2026-09/contacts';
const inTurn = async <T>(times: number, make: () => Promise<T>): Promise<T[]> => {
  const all: T[] = [];
  for (let index = 0; index < times; index += 1) all.push(await make());
  return all;
};

describe('limits', () => {
  test.each([
    ['free', 100],
    ['professional', 190],
  ] as const)('an app of a %s account makes %i calls in any ten seconds', async (tier, most) => {
    const hubspot = await running(smallPortal({ contacts }, { tier }));
    const answers = await inTurn(most, () => hubspot.get(list));
    expect(answers.every((each) => each.status === 200)).toBe(true);
    expect(answers.at(-1)?.headers.get('x-hubspot-ratelimit-remaining')).toBe('0');
    const refused = await hubspot.get(list);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.body).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      correlationId: expect.any(String),
      policyName: 'TEN_SECONDLY_ROLLING',
      groupName: expect.stringMatching(/^publicapi:/),
    });
    hubspot.clock.pass(9_999);
    expect((await hubspot.get(list)).status).toBe(429);
    hubspot.clock.pass(1);
    expect((await hubspot.get(list)).status).toBe(200);
    expect(hubspot.statuses).toEqual({ 200: most + 1, 429: 2 });
    expect(hubspot.calls.list).toBe(most + 3);
  });

  test('an account makes five searches a second, which leave the ten-second limit alone and carry no rate headers', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    const searches = await inTurn(6, () => hubspot.post(`${list}/search`, {}));
    expect(searches.map((each) => each.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(searches[5]?.body).toMatchObject({
      message: 'You have reached your secondly limit.',
      policyName: 'SECONDLY',
    });
    expect([...(searches[0]?.headers.keys() ?? [])].filter((name) => name.includes('ratelimit'))).toEqual([]);
    expect((await hubspot.get(list)).headers.get('x-hubspot-ratelimit-remaining')).toBe('189');
    hubspot.clock.pass(1_000);
    expect((await hubspot.post(`${list}/search`, {})).status).toBe(200);
  });

  test('association reads have a burst limit of their own', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    const read = () => hubspot.post('/crm/v4/associations/contacts/tickets/batch/read', { inputs: [{ id: '1' }] });
    const answers = await inTurn(151, read);
    expect(answers.map((each) => each.status).slice(-2)).toEqual([207, 429]);
    expect((await hubspot.get(list)).status).toBe(200);
  });

  test('the day starts anew at midnight in the account time zone', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    const usage = async () => (await hubspot.get('/account-info/2026-09/api-usage/daily/private-apps')).body.results[0];
    hubspot.clock.set('2026-09-01T21:59:59.000Z');
    expect(await usage()).toEqual({
      name: 'private-apps-api-calls-daily',
      usageLimit: 625_000,
      currentUsage: 1,
      collectedAt: '2026-09-01T21:59:59.000Z',
      fetchStatus: 'SUCCESS',
      resetsAt: '2026-09-01T22:00:00.000Z',
    });
    expect((await usage()).currentUsage).toBe(2);
    hubspot.clock.pass(1_000);
    expect((await usage()).currentUsage).toBe(1);
  });

  test('a day has 250,000 calls on a free account, and a new one at midnight there', () => {
    const limiter = new RateLimiter({ tier: 'free', timeZone: 'Asia/Tokyo', enforced: true });
    const midnight = Date.UTC(2026, 8, 1, 15);
    let now = midnight - 250_001 * 100;
    for (let call = 0; call < 250_000; call += 1, now += 100) limiter.admit('list', now, '1');
    expect(() => limiter.admit('list', now, '1')).toThrow('You have reached your daily limit.');
    expect(() => limiter.admit('search', now, '1')).toThrow('You have reached your daily limit.');
    expect(limiter.headers('list', now)['X-HubSpot-RateLimit-Daily-Remaining']).toBe('0');
    limiter.admit('list', midnight, '1');
    expect(limiter.headers('list', midnight)['X-HubSpot-RateLimit-Daily-Remaining']).toBe('249999');
  });

  test('limits can be switched off', async () => {
    const hubspot = await running(smallPortal({ contacts }), { limits: 'off' });
    const answers = await inTurn(8, () => hubspot.post(`${list}/search`, {}));
    expect(answers.every((each) => each.status === 200)).toBe(true);
  });
});

describe('access', () => {
  test('a missing or foreign token is 401', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    for (const authorization of ['', 'Bearer nonsense']) {
      const { status, body } = await hubspot.send('GET', list, undefined, { authorization });
      expect(status).toBe(401);
      expect(body).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
    }
  });

  test('a missing scope is 403 and named', async () => {
    const hubspot = await running(smallPortal({ contacts }), { scopes: ['tickets'] });
    const { status, body } = await hubspot.get(list);
    expect(status).toBe(403);
    expect(body.category).toBe('MISSING_SCOPES');
    expect(body.errors[0].context).toEqual({ requiredGranularScopes: ['crm.objects.contacts.read'] });
    expect((await hubspot.get('/crm/objects/2026-09/tickets')).status).toBe(200);
  });

  test('survey answers need two scopes on 2026-09 and one on the old path', async () => {
    const hubspot = await running(smallPortal(), { scopes: ['crm.objects.feedback_submissions.read'] });
    expect((await hubspot.get('/crm/v3/objects/feedback_submissions')).status).toBe(200);
    const { status, body } = await hubspot.get('/crm/objects/2026-09/feedback_submissions');
    expect(status).toBe(403);
    expect(body.errors[0].context.requiredGranularScopes).toEqual([
      'crm.objects.contacts.read',
      'crm.objects.feedback_submissions.read',
    ]);
  });

  test('survey answers are closed to accounts below professional', async () => {
    const hubspot = await running(smallPortal({}, { tier: 'starter' }));
    const { status, body } = await hubspot.get('/crm/objects/2026-09/feedback_submissions');
    expect([status, body.category]).toEqual([403, 'MISSING_SCOPES']);
  });

  test('every answer has a content type and a correlation id, errors too', async () => {
    const hubspot = await running(smallPortal({ contacts }));
    for (const path of [list, '/nowhere', '/crm/objects/2026-09/spaceships']) {
      const { headers, body, status } = await hubspot.get(path);
      expect(headers.get('content-type')).toBe('application/json;charset=utf-8');
      expect(headers.get('x-hubspot-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
      if (status >= 400) expect(body.correlationId).toBe(headers.get('x-hubspot-correlation-id'));
    }
  });
});
