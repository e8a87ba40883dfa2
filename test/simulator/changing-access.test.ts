import { expect, test } from 'vitest';
import { running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const contacts = [record('1')];
const list = '/crm/objects/2026-09/contacts';

test('a rotated token is refused as expired once its grace is over, and the new one works at once', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const old = { authorization: `Bearer ${hubspot.accessToken}` };
  hubspot.rotateToken('pat-new', { graceMs: 60_000 });
  expect(hubspot.accessToken).toBe('pat-new');
  hubspot.clock.pass(59_999);
  const statuses = async () => [
    (await hubspot.send('GET', list, undefined, old)).status,
    (await hubspot.get(list)).status,
  ];
  expect(await statuses()).toEqual([200, 200]);
  hubspot.clock.pass(2_001);
  expect(await statuses()).toEqual([401, 200]);
  expect((await hubspot.send('GET', list, undefined, old)).body).toEqual({
    status: 'error',
    message: 'The OAuth token used to make this call expired 2 second(s) ago.',
    correlationId: expect.any(String),
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': ['2026-09-01T00:01:00.000Z'] },
  });
});

test('a token rotated without grace is refused at once', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const authorization = `Bearer ${hubspot.accessToken}`;
  hubspot.rotateToken('pat-new');
  expect((await hubspot.send('GET', list, undefined, { authorization })).status).toBe(401);
});

test('scopes can be lost and regained while the app runs', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const status = async () => (await hubspot.get(list)).status;
  expect(await status()).toBe(200);
  hubspot.setScopes(['tickets']);
  expect(await status()).toBe(403);
  hubspot.setScopes('all');
  expect(await status()).toBe(200);
});

test('an account that goes down a tier loses survey answers and calls', async () => {
  const hubspot = await running(smallPortal({ contacts }));
  const answers = () => hubspot.get('/crm/objects/2026-09/feedback_submissions');
  const { headers } = await answers();
  expect([headers.get('x-hubspot-ratelimit-max'), headers.get('x-hubspot-ratelimit-daily')]).toEqual(['190', '625000']);
  hubspot.setTier('starter');
  expect(await answers()).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } });
  const now = (await hubspot.get(list)).headers;
  expect([now.get('x-hubspot-ratelimit-max'), now.get('x-hubspot-ratelimit-daily-remaining')]).toEqual([
    '100',
    '249997',
  ]);
});
