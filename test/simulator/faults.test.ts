import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultPlan } from '#local/simulator/faults/fault-plan.ts';
import { type FaultName, faults } from '#local/simulator/faults/faults.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { asOf, record, smallPortal } from './small-portal.ts';

const contacts = ['1', '2', '3'].map((id) => record(id));
const list = '/crm/objects/2026-09/contacts';
const write = `${list}/batch/update`;
const read = `${list}/batch/read`;
const search = `${list}/search`;

/** What a client makes of an answer. */
interface Outcome {
  readonly status: number | 'connection cut' | 'body cut';
  readonly headers?: Headers;
  readonly text?: string;
  /** Null for what is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared with what HubSpot was seen to send
  readonly body?: any;
}

async function started(plan: FaultPlan, records: Parameters<typeof smallPortal>[0] = {}) {
  const clock = virtualClock(Date.parse(asOf));
  const hubspot = await startSimulator({ portal: smallPortal({ contacts, ...records }), clock, faults: plan });
  onTestFinished(() => hubspot.close());
  const call = async (path: string, body?: unknown): Promise<Outcome> => {
    const headers = { authorization: `Bearer ${hubspot.accessToken}` };
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(hubspot.url + path, sent).catch(() => null);
    if (!response) return { status: 'connection cut' };
    const text = await response.text().catch(() => null);
    if (text === null) return { status: 'body cut', headers: response.headers };
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return { hubspot, clock, call };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const scores = { inputs: ['1', '2', '3'].map((id) => ({ id, properties: { cx_score: '7' } })) };
const everyone = { inputs: ['1', '2', '3'].map((id) => ({ id })), properties: ['email'] };

const html = { status: 200, type: 'text/html; charset=UTF-8' };
const json = 'application/json;charset=utf-8';

/** What a write meets with each fault, and whether it took place. */
const writes: Partial<Record<FaultName, { status: Outcome['status']; type?: string | null; done: boolean }>> = {
  '429 TEN_SECONDLY_ROLLING': { status: 429, type: json, done: false },
  '429 DAILY': { status: 429, type: json, done: false },
  '401': { status: 401, type: json, done: false },
  '423': { status: 423, type: json, done: false },
  '477': { status: 477, type: json, done: false },
  '500': { status: 500, type: json, done: false },
  '500 done': { status: 500, type: json, done: true },
  '502': { ...html, status: 502, done: false },
  '502 done': { ...html, status: 502, done: true },
  '503': { status: 503, type: json, done: false },
  '504': { ...html, status: 504, done: false },
  '504 done': { ...html, status: 504, done: true },
  '524': { ...html, status: 524, done: false },
  '524 done': { ...html, status: 524, done: true },
  'time-out': { status: 'connection cut', done: false },
  'time-out done': { status: 'connection cut', done: true },
  cut: { status: 'connection cut', done: false },
  'cut done': { status: 'connection cut', done: true },
  'cut body': { status: 'body cut', type: json, done: true },
  'no content type': { status: 200, type: null, done: true },
  HTML: { ...html, done: false },
  'HTML done': { ...html, done: true },
  'truncated JSON': { status: 200, type: json, done: true },
  nothing: { status: 200, type: json, done: false },
  'nothing done': { status: 200, type: json, done: true },
  slow: { status: 200, type: json, done: true },
};
/** Those that no write can meet. */
const others: readonly FaultName[] = ['429 SECONDLY', '207'];

describe('each fault', () => {
  test('is told here', () => {
    expect([...Object.keys(writes), ...others].toSorted()).toEqual(Object.keys(faults).toSorted());
  });

  test.each(Object.entries(writes))('%s befalls a write once', async (name, { status, type, done }) => {
    const fault = name as FaultName;
    const { hubspot, call } = await started({ entries: [{ fault }] });
    const met = await call(write, scores);
    expect([met.status, met.headers?.get('content-type')]).toEqual([status, type]);
    const score = () => hubspot.portal.records.contacts.get('2')?.properties['cx_score'];
    expect(score()).toBe(done ? '7' : undefined);
    expect(await call(write, scores)).toMatchObject({ status: 200, body: { results: { length: 3 } } });
    expect(score()).toBe('7');
    expect(hubspot.faults).toEqual({ [name]: 1 });
  });

  test.each([
    ['429 TEN_SECONDLY_ROLLING', list, undefined, 'TEN_SECONDLY_ROLLING'],
    ['429 SECONDLY', search, {}, 'SECONDLY'],
    ['429 DAILY', search, {}, 'DAILY'],
  ] as const)('%s reads as if other apps had used the limit up', async (fault, path, body, policyName) => {
    const { hubspot, call } = await started({ entries: [{ fault }] });
    const met = await call(path, body);
    expect(met.body).toMatchObject({ policyName, errorType: 'RATE_LIMIT' });
    expect(met.headers?.get('retry-after')).toBeNull();
    expect(hubspot.refusals429).toEqual({ own: 0, shared: 1 });
  });

  test('477 says when to come back', async () => {
    const { call } = await started({ entries: [{ fault: '477' }] });
    expect((await call(list)).headers?.get('retry-after')).toBe('20');
  });

  test('a 207 fails every other record of a batch read, with another category than for records that do not exist', async () => {
    const { call } = await started({ entries: [{ fault: '207' }] });
    expect((await call(list)).status).toBe(200);
    const met = await call(read, everyone);
    expect(met.status).toBe(207);
    expect(met.body.results.map((row: { id: string }) => row.id)).toEqual(['2']);
    expect(met.body).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'INTERNAL_ERROR', context: { ids: ['1', '3'] } }],
    });
  });

  test('a 207 fails every other record of an association read', async () => {
    const linked = { associations: { contacts: ['1'] } };
    const tickets = ['5', '6', '7'].map((id) => record(id, linked));
    const { call } = await started({ entries: [{ fault: '207' }] }, { tickets });
    const path = '/crm/associations/2026-09/tickets/contacts/batch/read';
    const met = await call(path, { inputs: ['5', '6', '7'].map((id) => ({ id })) });
    expect(met.body.results).toMatchObject([{ from: { id: '6' } }]);
    expect(met.body).toMatchObject({ numErrors: 1, errors: [{ context: { fromObjectId: ['5', '7'] } }] });
  });

  test('an empty 2xx of a write names no record', async () => {
    const { call } = await started({ entries: [{ fault: 'nothing' }] });
    expect((await call(write, scores)).body).toMatchObject({ status: 'COMPLETE', results: [] });
  });

  test('an empty 2xx befalls reads too: an empty object, or a batch without results', async () => {
    const { call } = await started({ entries: [{ fault: 'nothing', times: 3 }] });
    expect(await call(list)).toMatchObject({ status: 200, body: {} });
    expect((await call(search, {})).body).toEqual({});
    expect((await call(read, everyone)).body).toMatchObject({ status: 'COMPLETE', results: [] });
  });

  test('truncated JSON is announced with the length it has', async () => {
    const { call } = await started({ entries: [{ fault: 'truncated JSON' }] });
    const met = await call(list);
    expect([met.body, met.headers?.get('content-length')]).toEqual([null, String(met.text?.length)]);
  });

  test.each([
    ['slow', 10_000],
    ['504', 30_000],
    ['524', 100_000],
    ['time-out', 100_000],
  ] as const)('%s takes %i ms on the clock', async (fault, ms) => {
    const { clock, call } = await started({ entries: [{ fault }] });
    await call(list);
    expect(clock.now() - Date.parse(asOf)).toBe(ms);
  });
});

describe('a plan', () => {
  const statuses = async (call: (path: string, body?: unknown) => Promise<Outcome>, paths: readonly string[]) => {
    const all: Outcome['status'][] = [];
    for (const path of paths) all.push((await call(path, path === search ? {} : undefined)).status);
    return all;
  };

  test('names calls by kind, method and path, and the first one of them that meets the fault', async () => {
    const { hubspot, call } = await started({
      entries: [
        { fault: '503', on: { kind: 'search', nth: 2 }, times: 2 },
        { fault: '500', on: { method: 'GET', path: 'limit=7' }, times: 9 },
      ],
    });
    const asked = [search, list, search, `${list}?limit=7`, search, `${list}?limit=7`, search];
    expect(await statuses(call, asked)).toEqual([200, 200, 503, 500, 503, 500, 200]);
    expect(hubspot.faults).toEqual({ '503': 2, '500': 2 });
    expect(hubspot.statuses).toEqual({ 200: 3, 500: 2, 503: 2 });
  });

  test('calls that are refused anyhow do not count', async () => {
    const { hubspot, call } = await started({ entries: [{ fault: '503', on: { kind: 'search', nth: 6 } }] });
    expect(await statuses(call, Array(7).fill(search))).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect([hubspot.faults, hubspot.refusals429]).toEqual([{}, { own: 2, shared: 0 }]);
  });

  const pages = Array.from({ length: 60 }, (_, nth) => `${list}?after=${nth % 30}`);
  const rates = { '503': 0.1, '500': 0.2, '429 SECONDLY': 0.1 };

  test('of chance befalls the same calls in whatever order they come', async () => {
    const metBy = async (seed: number, asked: readonly string[]) => {
      const { hubspot, call } = await started({ seed, rates });
      const met = await statuses(call, asked);
      return { faults: hubspot.faults, met: asked.map((path, nth) => `${path} ${met[nth]}`).toSorted() };
    };
    const first = await metBy(3, pages);
    expect(await metBy(3, pages.toReversed())).toEqual(first);
    expect(await metBy(4, pages)).not.toEqual(first);
    expect(first.faults['503']).toBeGreaterThan(0);
    expect(first.faults['500']).toBeGreaterThan(first.faults['503'] ?? 0);
    expect(first.faults['429 SECONDLY']).toBeUndefined();
  });

  test('stops when the portal calms down', async () => {
    const { hubspot, call } = await started({ entries: [{ fault: '500', times: 99 }], seed: 1, rates: { '503': 1 } });
    expect(await statuses(call, [list, list])).toEqual([500, 500]);
    hubspot.calm();
    expect(await statuses(call, [list, list])).toEqual([200, 200]);
    expect(hubspot.faults).toEqual({ '500': 2 });
  });
});

describe('a record that HubSpot cannot answer', () => {
  const named = ['1', '2', '3'].map((id) => record(id, { properties: { email: `${id}@example.com`, cx_score: '4' } }));
  const properties = ['email', 'cx_score'];

  async function rows(how: NonNullable<FaultPlan['corrupt']>[number]['how']) {
    const portal = smallPortal({ contacts: named });
    const clock = virtualClock(Date.parse(asOf));
    const faults = { corrupt: [{ type: 'contacts', id: '2', how }] } as const;
    const hubspot = await startSimulator({ portal, clock, faults });
    onTestFinished(() => hubspot.close());
    const ask = async (path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${hubspot.accessToken}` };
      const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      return parsed(await (await fetch(hubspot.url + path, sent)).text()) as { results: unknown[] } | null;
    };
    const inEveryWay = async () => [
      await ask(`${list}?properties=${properties}`),
      await ask(search, { properties }),
      await ask(read, { inputs: [{ id: '1' }, { id: '2' }, { id: '3' }], properties }),
    ];
    return { hubspot, ask, inEveryWay };
  }

  test.each([
    ['object for a value', { id: '2', properties: { email: {}, cx_score: '4' } }, []],
    ['number for a string', { id: '2', properties: { email: '2@example.com', cx_score: 4, hs_object_id: 2 } }, []],
    ['no properties', { id: '2' }, ['properties']],
    ['no id', { properties: { hs_object_id: '2' } }, ['id']],
    ['no modified date', { properties: { cx_score: '4' } }, ['updatedAt', 'properties.lastmodifieddate']],
  ] as const)('is answered with %s wherever it turns up, until it is mended', async (how, present, absent) => {
    const { hubspot, inEveryWay } = await rows(how);
    const sound = { id: '2', properties: { email: '2@example.com', cx_score: '4' }, updatedAt: expect.any(String) };
    for (const page of await inEveryWay()) {
      const [first, second, third] = page?.results ?? [];
      expect(second).toMatchObject(present);
      for (const path of absent) expect(second).not.toHaveProperty(path);
      expect([first, third]).toMatchObject([{ id: '1' }, { id: '3' }]);
    }
    hubspot.mend();
    for (const page of await inEveryWay()) expect(page?.results[1]).toMatchObject(sound);
  });

  test('can cut short every page it is on, as long as more than ids are asked for', async () => {
    const { hubspot, ask, inEveryWay } = await rows('truncates the page');
    expect(await inEveryWay()).toEqual([null, null, null]);
    const ids = { inputs: [{ id: '1' }, { id: '3' }], properties };
    expect((await ask(read, ids))?.results).toHaveLength(2);
    expect((await ask(`${list}?properties=hs_object_id`))?.results).toHaveLength(3);
    hubspot.mend();
    expect((await inEveryWay()).map((page) => page?.results.length)).toEqual([3, 3, 3]);
  });
});
