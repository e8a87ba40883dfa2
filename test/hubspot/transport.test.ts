import { expect, test } from 'vitest';
import { accountGovernor } from '#hubspot/account-governor.ts';
import type { Lane } from '#hubspot/lanes.ts';
import { memoryBook } from '#hubspot/memory-book.ts';
import { HubSpotBusyError, HubSpotRefusedError } from '#platform/errors.ts';
import { connected } from './connecting.ts';
import { cut, faultyServer, hang, json, page } from './faulty-server.ts';
import { tickClock } from './tick-clock.ts';

const details = { portalId: 4242, timeZone: 'Europe/Berlin', companyCurrency: 'EUR' };
const good = json(200, details);
const account = { portalId: '4242', timeZone: 'Europe/Berlin', currency: 'EUR' };
const limit = (policyName: string) =>
  json(429, { status: 'error', message: 'You have reached a limit.', errorType: 'RATE_LIMIT', policyName });

test.each([
  ['records locked by a bulk change', json(423, { status: 'error' }), 2_000],
  ['an account on the move', json(477, { status: 'error' }, { 'retry-after': '30' }), 30_000],
  ['a bad gateway', page(502, '<html>', { 'content-type': 'text/html' }), 0],
  ['an unavailable service', json(503, {}), 0],
  ['a gateway time-out', json(504, {}), 0],
  ["an edge server's time-out", page(524, '', {}), 0],
  ['the ten-second limit', limit('TEN_SECONDLY_ROLLING'), 5_000],
  ['the per-second limit', limit('SECONDLY'), 1_000],
  ['a limit without a name', page(429, 'slow down', { 'content-type': 'text/plain' }), 5_000],
  ['a limit that says how long', page(429, 'slow down', { 'retry-after': '20' }), 20_000],
  ['half an answer', json(200, JSON.stringify(details).slice(0, 20)), 0],
  ["a gateway's page with status 200", page(200, '<html>', { 'content-type': 'text/html' }), 0],
  ['an answer without a content type', page(200, JSON.stringify(details), {}), 0],
  ['a cut connection', cut, 0],
])('%s passes: the call is sent again, after the wait it asks for', async (_, fault, leastMs) => {
  const clock = tickClock();
  const start = clock.now();
  const server = await faultyServer([fault, good]);
  expect(await connected(server.url, { clock }).account()).toEqual(account);
  expect(server.seen).toEqual(Array(2).fill('GET /account-info/2026-09/details'));
  const waited = clock.now() - start;
  expect(waited).toBeGreaterThanOrEqual(leastMs);
  expect(waited).toBeLessThanOrEqual(leastMs + 500);
});

test('a server that hangs is given up after the time-out and asked again', async () => {
  const server = await faultyServer([hang, good]);
  expect(await connected(server.url, { timeoutMs: 200 }).account()).toEqual(account);
});

test('attempts are bounded, and the error says what went wrong last', async () => {
  const server = await faultyServer([json(503, {})]);
  const asked = connected(server.url).account();
  await expect(asked).rejects.toThrow(
    'HubSpot cannot answer GET /account-info/2026-09/details now: HTTP 503, service unavailable (attempts: 6).',
  );
  await expect(asked).rejects.toBeInstanceOf(HubSpotBusyError);
  expect(server.seen).toHaveLength(6);
});

test('the daily limit is not waited for', async () => {
  const clock = tickClock();
  const server = await faultyServer([limit('DAILY')]);
  const crm = connected(server.url, { clock });
  await expect(crm.account()).rejects.toMatchObject({ retryable: true, remedy: expect.stringContaining('midnight') });
  await expect(crm.account()).rejects.toThrow('daily allowance');
  expect(server.seen).toHaveLength(1);
  expect(clock.sleeps).toEqual([]);
});

test('a migration of hours is not waited for; the error says when to come back', async () => {
  const clock = tickClock();
  const server = await faultyServer([json(477, {}, { 'retry-after': '7200' })]);
  await expect(connected(server.url, { clock }).account()).rejects.toMatchObject({
    remedy: 'Try again in 120 min, as HubSpot asks.',
    retryAt: clock.now() + 7_200_000,
  });
  expect(server.seen).toHaveLength(1);
});

test('a wait beyond the patience of its lane is not waited for', async () => {
  const clock = tickClock();
  const server = await faultyServer([json(477, {}, { 'retry-after': '15' }), good]);
  const connect = (lane: Lane) =>
    connected(server.url, { clock, governor: accountGovernor({ leases: memoryBook(), clock, lane }) });
  await expect(connect('webhook').account()).rejects.toMatchObject({
    remedy: 'Try again in 15 s, as HubSpot asks.',
    retryAt: clock.now() + 15_000,
  });
  expect(await connect('poll').account()).toEqual(account);
});

test('an unreachable HubSpot is a busy one', async () => {
  await expect(connected('http://127.0.0.1:9').account()).rejects.toBeInstanceOf(HubSpotBusyError);
});

test('a wrong token is refused at once, with where to get a right one and no trace of the wrong one', async () => {
  const server = await faultyServer([
    json(401, {
      status: 'error',
      message: 'Authentication credentials not found.',
      category: 'INVALID_AUTHENTICATION',
    }),
  ]);
  const error = await connected(server.url)
    .account()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(HubSpotRefusedError);
  expect(error).toMatchObject({
    message:
      'HubSpot did not accept the access token ' +
      '(GET /account-info/2026-09/details: HTTP 401 INVALID_AUTHENTICATION, correlation id c0ffee).',
    remedy: expect.stringMatching(/HUBSPOT_ACCESS_TOKEN.*Settings > Integrations.*Auth tab.*Service Keys/),
    status: 401,
    category: 'INVALID_AUTHENTICATION',
  });
  expect(JSON.stringify(error) + String(error)).not.toContain('pat-secret-token');
  expect(server.seen).toHaveLength(1);
  expect(server.authorizations).toEqual(['Bearer pat-secret-token']);
});

const outdated = json(401, { status: 'error', message: 'The OAuth token used to make this call expired.' });

test('a token rotated meanwhile is asked for once, whoever needs it, and the calls are sent again with it', async () => {
  const tokens = ['first', 'second', 'third'];
  let asked = 0;
  const server = await faultyServer([good, outdated, outdated, good]);
  const crm = connected(server.url, { accessToken: async () => tokens[asked++] ?? '' });
  await crm.account();
  await Promise.all([crm.stages('ticket'), crm.count('contact')].map((call) => call.catch(() => {})));
  expect(server.authorizations).toEqual(
    ['first', 'first', 'first', 'second', 'second'].map((token) => `Bearer ${token}`),
  );
  expect(asked).toBe(2);
});

test('a fresh token that HubSpot refuses too, or the same one again, is a wrong token', async () => {
  const server = await faultyServer([outdated]);
  const answers = ['first', 'second', 'second'];
  const crm = connected(server.url, { accessToken: async () => answers.shift() ?? 'second' });
  for (const _ of ['with another', 'with the same'])
    await expect(crm.account()).rejects.toMatchObject({ name: 'HubSpotRefusedError', status: 401 });
  expect(server.authorizations).toEqual(['Bearer first', 'Bearer second', 'Bearer second']);
});

test('a token that cannot be read is a configuration error, and is asked for again', async () => {
  const server = await faultyServer([good]);
  const answers = [Promise.reject(new Error('AccessDenied')), Promise.resolve('“quoted”'), Promise.resolve('right')];
  answers[0]?.catch(() => {});
  const crm = connected(server.url, { accessToken: () => answers.shift() ?? Promise.resolve('right') });
  for (const _ of ['unreadable', 'unusable'])
    await expect(crm.account()).rejects.toMatchObject({ name: 'ConfigurationError' });
  expect(await crm.account()).toEqual(account);
});

test('a missing scope is named, with where to grant it', async () => {
  const server = await faultyServer([
    json(403, {
      status: 'error',
      message: "This app hasn't been granted all required scopes to make this call.",
      category: 'MISSING_SCOPES',
      errors: [{ message: 'All of …', context: { requiredGranularScopes: ['crm.objects.contacts.read', 'x.read'] } }],
    }),
  ]);
  await expect(connected(server.url).recordsAfter('contact', null)).rejects.toMatchObject({
    message: expect.stringContaining('the token lacks crm.objects.contacts.read, x.read'),
    remedy: expect.stringMatching(/^Grant crm.objects.contacts.read, x.read in HubSpot under Settings > Integrations/),
    category: 'MISSING_SCOPES',
  });
});

test('an unknown property is named, and no value of the request is repeated', async () => {
  const message =
    'Property values were not valid: [{"isValid":false,"message":"Property \\"cx_x\\" does not exist",' +
    '"error":"PROPERTY_DOESNT_EXIST","name":"customer_unti","localizedErrorMessage":"Ada Lovelace ada@example.com"}]';
  const server = await faultyServer([json(400, { message, category: 'VALIDATION_ERROR', correlationId: 'abc' })]);
  const error: unknown = await connected(server.url)
    .recordsAfter('company', null)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    message: expect.stringMatching(/^The portal has no property customer_unti .*correlation id abc\)\.$/),
    remedy: expect.stringContaining('connector.config.ts'),
  });
  expect(JSON.stringify(error)).not.toMatch(/Ada|example\.com/);
});

test("HubSpot's sentence is repeated without quoted texts, addresses and long numbers", async () => {
  const message = 'Invalid value "Ada" for ada@example.com, phone +49 30 1234567: Cannot build Filter';
  const server = await faultyServer([json(400, { message, category: 'VALIDATION_ERROR' })]);
  await expect(connected(server.url).recordsAfter('contact', null)).rejects.toThrow(
    'HubSpot refused the request: Invalid value "…" for <address> phone <number>: Cannot build Filter',
  );
});

test('calls are counted by kind, attempts included', async () => {
  const server = await faultyServer([json(503, {}), good]);
  const crm = connected(server.url);
  await crm.account();
  expect(crm.calls()).toEqual({ total: 2, byKind: { other: 2 } });
});

test('a 2xx with nothing in it is no answer: the call is sent again', async () => {
  const server = await faultyServer([json(200, {}), json(200, ' { } '), good]);
  expect(await connected(server.url).account()).toMatchObject({ portalId: expect.any(String) });
  expect(server.seen).toHaveLength(3);
  const silent = await faultyServer([json(200, {})]);
  await expect(connected(silent.url).account()).rejects.toThrow(/answer with nothing in it \(attempts: 6\)/);
});

test.each([
  ['nothing', null],
  ['a search of another shape', { total: 1, results: { '1': { id: '1' } } }],
])('%s is an unusable answer, not an empty page', async (_, body) => {
  const server = await faultyServer([json(200, body)]);
  await expect(connected(server.url).recordsAfter('call', null)).rejects.toMatchObject({ name: 'PayloadError' });
});

test('a token copied with white space around it works; one with other characters is a configuration error', async () => {
  const server = await faultyServer([good]);
  await connected(`${server.url}/`, { accessToken: ' pat-secret-token\n' }).account();
  expect(server.authorizations).toEqual(['Bearer pat-secret-token']);
  expect(() => connected(server.url, { accessToken: 'pat“quoted”' })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', remedy: expect.stringContaining('HUBSPOT_ACCESS_TOKEN') }),
  );
  expect(() => connected('api.hubapi.com')).toThrow(expect.objectContaining({ name: 'ConfigurationError' }));
});
