import { expect, onTestFinished, test } from 'vitest';
import { type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import { asOf, record, smallPortal } from './small-portal.ts';

const start = Date.parse(asOf);
const list = '/crm/objects/2026-09/contacts';
const contacts = ['1', '2', '3'].map((id) => record(id));

/** A simulator on a virtual clock; `call` answers the status, or `failed` where the connection broke. */
async function started({ atOnce = false, ...options }: Partial<SimulatorOptions> & { atOnce?: boolean } = {}) {
  const clock = virtualClock(start);
  const latency = atOnce ? {} : { latencyMs: [150, 600] as const };
  const hubspot = await startSimulator({ portal: smallPortal({ contacts }), clock, ...latency, ...options });
  onTestFinished(() => hubspot.close());
  const call = async (path: string, body?: unknown): Promise<number | 'failed'> => {
    const headers = { authorization: `Bearer ${hubspot.accessToken}` };
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const response = await fetch(hubspot.url + path, sent);
      await response.text();
      return response.status;
    } catch {
      return 'failed';
    }
  };
  return { hubspot, clock, call };
}

const takes = async (clock: VirtualClock, work: () => Promise<unknown>): Promise<number> => {
  const before = clock.now();
  await work();
  return clock.now() - before;
};

test('an answer takes its time on the clock, the same with every start, another for every call', async () => {
  const times: number[][] = [];
  for (const seed of [1, 1, 2]) {
    const { clock, call } = await started({ seed });
    const each: number[] = [];
    for (let nth = 0; nth < 8; nth += 1) each.push(await takes(clock, () => call(`${list}?limit=${1 + (nth % 2)}`)));
    times.push(each);
  }
  const [first = [], again, other] = times;
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(4);
  expect(first.every((ms) => ms >= 150 && ms <= 600)).toBe(true);
});

test('without response times the clock does not move', async () => {
  const { clock, call } = await started({ atOnce: true });
  expect(await takes(clock, () => call(list))).toBe(0);
});

test('calls side by side overlap', async () => {
  const { clock, call } = await started();
  const ms = await takes(clock, () =>
    Promise.all(Array.from({ length: 30 }, (_, nth) => call(`${list}?after=${nth}`))),
  );
  expect(ms).toBeLessThanOrEqual(600);
});

/** Ten workers that call, look at the answer and wait, with limits and faults in force: everything they see, in order. */
async function story(seed: number): Promise<readonly string[]> {
  const { clock, call } = await started({
    seed,
    otherApps: { share: 0.2, seed },
    faults: { seed, rates: { '503': 0.05, cut: 0.05, 'time-out': 0.02, slow: 0.05 } },
  });
  const told: string[] = [];
  const worker = async (name: number) => {
    for (let nth = 0; nth < 12; nth += 1) {
      const answer = await (nth % 3 === 0
        ? call(`${list}/search`, { limit: 1, after: name })
        : call(`${list}?after=${name}&limit=${nth}`));
      told.push(`${clock.now() - start}: ${name} ${answer}`);
      if (answer !== 200) await clock.sleep(1_000);
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, name) => worker(name)));
  return told;
}

test('ten workers side by side live through the same story whenever its seed is the same', async () => {
  const first = await story(7);
  expect(await story(7)).toEqual(first);
  expect(await story(8)).not.toEqual(first);
  const times = first.map((line) => Number.parseInt(line, 10));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(first.some((line) => line.endsWith('429'))).toBe(true);
  expect(first.some((line) => line.endsWith('failed'))).toBe(true);
});

test('limits count a call when it arrives, not when it is answered', async () => {
  const { call } = await started({ latencyMs: [2_000, 2_000] });
  const search = (nth: number) => call(`${list}/search`, { limit: 1, after: nth });
  const answers = await Promise.all([0, 1, 2, 3, 4, 5].map(search));
  expect(answers.toSorted()).toEqual([200, 200, 200, 200, 200, 429]);
});

test('which of many calls of one moment is refused does not depend on the order they were sent in', async () => {
  const searches = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const refusedOf = async (sent: readonly number[]) => {
    const { call } = await started();
    const answers = await Promise.all(sent.map((nth) => call(`${list}/search`, { limit: 1, after: nth })));
    return sent.filter((_, place) => answers[place] === 429).toSorted();
  };
  const refused = await refusedOf(searches);
  expect(refused).toHaveLength(4);
  expect(await refusedOf(searches.toReversed())).toEqual(refused);
});

test('what a person changes while a call is under way is sometimes in its answer and sometimes not', async () => {
  const { hubspot, clock } = await started({ latencyMs: [1_000, 1_000] });
  const headers = { authorization: `Bearer ${hubspot.accessToken}` };
  const seen = new Set<boolean>();
  for (let nth = 1; nth <= 8; nth += 1) {
    const asked = fetch(`${hubspot.url}/crm/properties/2026-09/contacts?nth=${nth}`, { headers });
    await clock.sleep(500);
    const name = `cx_${nth}`;
    hubspot.portal.properties.contacts.define({ name, label: name, type: 'number', fieldType: 'number' }, { at: asOf });
    seen.add((await (await asked).text()).includes(`"${name}"`));
  }
  expect(seen).toEqual(new Set([true, false]));
});
