import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { retryDelayMs } from '#local/simulator/facts/webhooks.ts';
import { signatureHeaders } from '#local/simulator/webhooks/signature.ts';
import type { WebhookOptions } from '#local/simulator/webhooks/webhooks.ts';
import { asOf } from './small-portal.ts';
import { changeOften, clientSecret, start, telling } from './telling.ts';

const [minute, hour] = [60_000, 3_600_000];
const values = (events: readonly { propertyValue: string }[]) => events.map(({ propertyValue }) => propertyValue);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1 ${index + 1}`);

describe('a request', () => {
  test('is signed as documented, over the address, the body and the moment of the attempt', async () => {
    const running = await telling();
    const { hubspot, told, clock } = running;
    clock.advanceTo(start + hour);
    changeOften(running, 1);
    await hubspot.webhooks.settled();
    const [request] = told.requests;
    const { headers = {}, body = '', method, at } = request ?? {};
    const timestamp = headers['x-hubspot-request-timestamp'];
    const v3 = createHmac('sha256', clientSecret).update(`POST${told.url}${body}${timestamp}`).digest('base64');
    const v1 = createHash('sha256').update(`${clientSecret}${body}`).digest('hex');
    expect({ method, timestamp: Number(timestamp) }).toEqual({ method: 'POST', timestamp: at });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-hubspot-signature-v3': v3,
      'x-hubspot-signature': v1,
      'x-hubspot-signature-version': 'v1',
      'x-hubspot-timeout-millis': '10000',
    });
  });

  // The generator's own vectors, as HubSpot's dev server quotes them.
  test.each([
    ['REQUEST_BODY', 'jf872r5vscVcxCiDRHA4rGrqe/8BPLNVkdJSHdMnGTU='],
    ['', 'csXgk7UbrE9F8ZmMvbpuKBxqIvTSqU1EX9pI/SJtxSE='],
  ])('with the body "%s" has the signature HubSpot publishes', (body, signature) => {
    const signed = { url: 'https://www.hubspot.com/webhook', body, timestamp: 1_632_188_626_483, clientSecret };
    expect(signatureHeaders(signed)['x-hubspot-signature-v3']).toBe(signature);
  });

  test('is signed with twelve escapes undone and all others left', () => {
    const [timestamp, body] = [1, '[]'];
    const signatureOf = (url: string) =>
      signatureHeaders({ url, body, timestamp, clientSecret })['x-hubspot-signature-v3'];
    const escaped = 'https://x.org/a?b=%3A%2f%3F%40%21%24%27%28%29%2A%2c%3B%20%26%2B%3D';
    expect(signatureOf(escaped)).toBe(signatureOf("https://x.org/a?b=:/?@!$'()*,;%20%26%2B%3D"));
  });

  test('can be signed for the public address of an endpoint on this machine, and with a new secret', async () => {
    const running = await telling();
    const { hubspot, told } = running;
    const publicUrl = 'https://cx.example.com/hubspot/webhook';
    hubspot.webhooks.sendTo({ url: told.url, publicUrl });
    hubspot.webhooks.rotateSecret('another');
    changeOften(running, 1);
    await hubspot.webhooks.settled();
    const { headers = {}, body = '' } = told.requests[0] ?? {};
    const message = `POST${publicUrl}${body}${headers['x-hubspot-request-timestamp']}`;
    expect(headers['x-hubspot-signature-v3']).toBe(createHmac('sha256', 'another').update(message).digest('base64'));
  });

  test('carries up to 100 events, and those of a short while', async () => {
    const running = await telling({ batchWaitMs: 200 });
    const { hubspot, told, clock } = running;
    changeOften(running, 250);
    await clock.sleep(150);
    hubspot.portal.update('contacts', '12', { phone: 'later' }, asOf);
    await hubspot.webhooks.settled();
    expect(told.requests.map(({ events }) => events.length).toSorted()).toEqual([100, 100, 51]);
    expect(values(told.events).toSorted()).toEqual([...numbers(250), 'later'].toSorted());
    expect(hubspot.webhooks.counts).toMatchObject({ events: 251, delivered: 251, attempts: 3, pending: 0, givenUp: 0 });
  });

  test.each([
    [undefined, 10],
    [6, 6],
  ])('is one of a few at once: %s of them allowed, %i seen', async (maxConcurrentRequests, most) => {
    const running = await telling({ eventsPerRequest: 1, ...(maxConcurrentRequests && { maxConcurrentRequests }) });
    running.told.takeMs(1_000);
    changeOften(running, 35);
    await running.hubspot.webhooks.settled();
    expect(running.told.mostAtOnce).toBe(most);
    expect(running.told.events).toHaveLength(35);
    expect(running.clock.now() - start).toBeGreaterThanOrEqual(Math.ceil(35 / most) * 1_000);
  });
});

describe('what the endpoint does not take', () => {
  test.each([400, 401, 404, 429, 500, 503])('with a %i is sent again, signed anew', async (status) => {
    const running = await telling();
    const { hubspot, told } = running;
    told.answer(status);
    changeOften(running, 3);
    await hubspot.webhooks.until(({ failedAttempts }) => failedAttempts === 2);
    told.answer(200);
    await hubspot.webhooks.settled();
    expect(told.requests.map(({ events }) => events.map(({ attemptNumber }) => attemptNumber))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [2, 2, 2],
    ]);
    for (const { at, headers } of told.requests) expect(Number(headers['x-hubspot-request-timestamp'])).toBe(at);
    const without = told.events.map(({ attemptNumber: _, ...rest }) => rest);
    expect(without.slice(6)).toEqual(without.slice(0, 3));
    expect(hubspot.webhooks.counts).toMatchObject({ events: 3, delivered: 3, attempts: 3, failedAttempts: 2 });
  });

  test('within five seconds is sent again', async () => {
    const running = await telling();
    running.told.takeMs(60_000);
    changeOften(running, 1);
    await running.hubspot.webhooks.until(({ failedAttempts }) => failedAttempts === 1);
    expect(running.clock.now() - (running.told.requests[0]?.at ?? 0)).toBe(5_000);
    running.told.takeMs(4_900);
    await running.hubspot.webhooks.settled();
    expect(running.told.events.map(({ attemptNumber }) => attemptNumber)).toEqual([0, 1]);
  });

  test('for two days is tried eleven times within one, after ever longer waits, and dropped', async () => {
    const running = await telling();
    const { hubspot, told, clock } = running;
    told.answer(503);
    changeOften(running, 120);
    await clock.sleep(48 * hour);
    expect(hubspot.webhooks.counts).toMatchObject({ pending: 0, delivered: 0, givenUp: 120, attempts: 22 });
    told.answer(200);
    await clock.sleep(48 * hour);
    expect(told.requests).toHaveLength(22);
    const times = told.requests.filter(({ events }) => events.length === 100).map(({ at }) => at - start);
    expect(times).toHaveLength(11);
    expect(times.at(-1)).toBeGreaterThan(16 * hour);
    expect(times.at(-1)).toBeLessThan(24 * hour);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThan(2 * minute);
  });

  test('waits longer each time and for less than a day in all, however its waits vary', () => {
    const waits = (unit: number) => Array.from({ length: 10 }, (_, attempt) => retryDelayMs(attempt, unit));
    const [shortest, longest] = [waits(0), waits(1)];
    for (const [nth, wait] of shortest.slice(1).entries()) expect(wait).toBeGreaterThan(longest[nth] ?? 0);
    const timeouts = 11 * 5_000;
    expect(longest.reduce((sum, wait) => sum + wait, timeouts)).toBeLessThan(24 * hour);
  });

  test.each<[string, (running: Awaited<ReturnType<typeof telling>>) => unknown]>([
    ['cut off', ({ hubspot }) => hubspot.webhooks.down()],
    ['closed', ({ told }) => told.close()],
  ])('because it is %s goes to the one that is there later', async (_state, fail) => {
    const running = await telling();
    const { hubspot, clock } = running;
    await fail(running);
    changeOften(running, 5);
    await clock.sleep(2 * hour);
    expect(running.told.requests).toEqual([]);
    expect(hubspot.webhooks.counts).toMatchObject({ events: 5, pending: 5, delivered: 0, givenUp: 0 });
    const other = await telling();
    hubspot.webhooks.up();
    hubspot.webhooks.sendTo({ url: other.told.url });
    await hubspot.webhooks.settled();
    expect(values(other.told.events)).toEqual(numbers(5));
  });
});

describe('chance', () => {
  /** What a run of 400 changes is told as, in order: value and attempt. */
  async function story(options: Partial<WebhookOptions>, withRests = true) {
    const running = await telling({ eventsPerRequest: 10, maxConcurrentRequests: 1, ...options });
    const { hubspot, clock } = running;
    for (let nth = 1; nth <= 400; nth += 1) {
      hubspot.portal.update('contacts', '11', { phone: `+1 ${nth}` }, new Date(clock.now()).toISOString());
      if (withRests) await clock.sleep(1_000);
    }
    await hubspot.webhooks.settled();
    return { told: values(running.told.events), events: running.told.events, counts: hubspot.webhooks.counts };
  }
  const overtaken = (told: readonly string[]) => {
    const order = told.map((value) => Number(value.slice(3)));
    return order.filter((nth, place) => nth < Math.max(...order.slice(0, place))).length;
  };

  test('left out, tells everything once and in order', async () => {
    const { told, counts } = await story({});
    expect(told).toEqual(numbers(400));
    expect(counts).toMatchObject({ events: 400, duplicates: 0, delivered: 400 });
  });

  test('tells some events twice, unchanged', async () => {
    const { told, events, counts } = await story({ duplicates: 0.1 });
    expect(new Set(told).size).toBe(400);
    expect(told.length).toBe(400 + counts.duplicates);
    expect(counts.duplicates).toBeGreaterThan(20);
    expect(counts.duplicates).toBeLessThan(60);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(400);
    expect(counts).toMatchObject({ delivered: told.length, pending: 0 });
  });

  test('lets later events overtake some', async () => {
    const { told, counts } = await story({ disorder: 0.05 });
    expect(told.toSorted()).toEqual(numbers(400).toSorted());
    expect(overtaken(told)).toBeGreaterThan(8);
    expect(overtaken(told)).toBeLessThan(40);
    expect(counts.duplicates).toBe(0);
  });

  test('follows from the seed', async () => {
    const unruly = { duplicates: 0.1, disorder: 0.05 };
    const first = await story({ ...unruly, seed: 1 });
    expect((await story({ ...unruly, seed: 1 })).events).toEqual(first.events);
    expect((await story({ ...unruly, seed: 2 })).told).not.toEqual(first.told);
  });

  test('gives some events the id of others', async () => {
    const idsOf = async (sharedEventIds: number) => {
      const { events } = await story({ sharedEventIds }, false);
      return new Set(events.map(({ eventId }) => eventId)).size;
    };
    expect(await idsOf(0)).toBe(400);
    expect(await idsOf(0.2)).toBeLessThan(360);
  });
});

test('nothing is told while there is no endpoint or no subscription, nor later on', async () => {
  const running = await telling();
  const { hubspot, told } = running;
  const { target } = hubspot.webhooks;
  hubspot.webhooks.sendTo(null);
  changeOften(running, 3);
  hubspot.webhooks.sendTo(target);
  hubspot.webhooks.subscribe([]);
  changeOften(running, 3);
  expect(hubspot.webhooks.counts.events).toBe(0);
  hubspot.webhooks.subscribe([{ subscriptionType: 'contact.propertyChange', propertyName: 'phone' }]);
  hubspot.portal.update('contacts', '11', { phone: '7' }, asOf);
  await hubspot.webhooks.settled();
  expect(values(told.events)).toEqual(['7']);
});

test('a simulator that is closed delivers nothing any more', async () => {
  const running = await telling();
  const { hubspot, told, clock } = running;
  told.takeMs(60_000);
  changeOften(running, 1);
  await clock.sleep(1_000);
  changeOften(running, 3);
  await hubspot.close();
  await clock.sleep(24 * hour);
  expect(told.requests.map(({ events }) => events.length)).toEqual([1]);
  expect(hubspot.webhooks.counts).toMatchObject({ events: 3, attempts: 1, failedAttempts: 0, givenUp: 0 });
});
