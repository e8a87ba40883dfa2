import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { Connector, Deadline } from '#pipeline/connector.ts';
import type { Clock } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { record } from '#test/simulator/small-portal.ts';
import { numbered } from '#test/store/examples.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { heldInHubSpot, wholeState } from './whole-state.ts';

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(fewCustomers({ write: { canary: 2 } }));
});
afterEach(() => chain.close());

/** A clock of which every look takes a second, so that a deadline comes in the midst of a step. */
function hurrying(clock: Clock): Clock {
  let looks = 0;
  return { now: () => clock.now() + ++looks * 1000, sleep: (ms) => clock.sleep(ms) };
}

type Step = (connector: Connector, deadline: Deadline) => Promise<{ readonly done: boolean }>;

/** Calls a step with so many looks at the clock each time until it is done; answers how many calls that took. */
async function callsUntilDone(connector: Connector, step: Step, seconds: number): Promise<number> {
  const hurried = { ...connector, clock: hurrying(connector.clock) };
  for (let calls = 1; calls <= 30; calls++) {
    const deadline = hurried.clock.now() + seconds * 1000;
    if ((await step(hurried, { deadline })).done) return calls;
  }
  throw new Error('The step does not come to an end');
}

describe('a step that is past its deadline', () => {
  let undisturbed: Awaited<ReturnType<typeof wholeState>>;
  beforeAll(async () => {
    const other = await startChain(fewCustomers({ write: { canary: 2 } }));
    await other.run();
    undisturbed = await wholeState(other);
    await other.close();
  });

  const steps: readonly (readonly [name: string, step: Step])[] = [
    ['pulling', (connector, deadline) => pullChanges(connector, deadline)],
    ['computing', (connector, deadline) => computeMetrics(connector, { ...deadline, asOf: chain.asOf })],
    ['scoring', (connector, deadline) => scoreCustomers(connector, { ...deadline, asOf: chain.asOf })],
    ['writing', (connector, deadline) => writeBack(connector, { ...deadline, mode: 'write' })],
  ];

  test.for(steps.map(([name], index) => [name, index] as const))(
    '%s stops cleanly, says that it is not done, and the next call finishes',
    async ([, index]) => {
      const { connector } = chain;
      for (const [, step] of steps.slice(0, index)) await step(connector, {});
      const step = steps[index]?.[1] as Step;
      expect(await step(connector, { deadline: chain.clock.now() })).toMatchObject({ done: false });
      expect(heldInHubSpot(chain)).toEqual({});
      for (const [, each] of steps.slice(index)) expect(await each(connector, {})).toMatchObject({ done: true });

      expect(await wholeState(chain)).toEqual(undisturbed);
    },
  );
});

describe('a step that is cut off', () => {
  test('pulling goes on where it stopped', async () => {
    const clock = hurrying(chain.clock);
    const cut = await pullChanges({ ...chain.connector, clock }, { deadline: clock.now() + 17_500 });
    expect(cut).toMatchObject({ done: false, kinds: { company: { changed: 2 }, contact: { changed: 5 } } });
    expect(await chain.connector.store.countRecords('ticket')).toBe(0);
    const rest = await pullChanges(chain.connector);
    expect(rest).toMatchObject({ done: true, kinds: { company: { changed: 0 }, ticket: { changed: 4 } } });
    expect(rest.kinds.contact?.changed).toBe(0);
  });

  test('again and again, computing does not begin anew although time has passed', async () => {
    const { definition, records, future } = fewCustomers();
    const long = numbered(28).map((day) =>
      record(day, { properties: { createdate: `2026-06-${day.padStart(2, '0')}T10:00:00.000Z` } }),
    );
    const busy = await startChain({ definition, records: { ...records, tickets: long }, future });
    await pullChanges(busy.connector);
    expect(await callsUntilDone(busy.connector, computeMetrics, 3)).toBeGreaterThan(2);
    expect(await busy.connector.store.dirtyDays()).toEqual([]);
    await busy.close();
  });

  test('again and again, writing sends each record once', async () => {
    await pullChanges(chain.connector);
    await computeMetrics(chain.connector, { asOf: chain.asOf });
    const { queued } = await scoreCustomers(chain.connector, { asOf: chain.asOf });
    let written = 0;
    const step: Step = async (connector, deadline) => {
      const report = await writeBack(connector, { ...deadline, mode: 'write' });
      written += report.written;
      return report;
    };
    expect(await callsUntilDone(chain.connector, step, 3)).toBeGreaterThan(1);
    expect(written).toBe(queued);
    expect(Object.keys(heldInHubSpot(chain))).toHaveLength(queued);
  });
});
