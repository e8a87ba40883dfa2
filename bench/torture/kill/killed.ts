import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type Random, randomStream } from '#local/portals/demo/random.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { beginning } from '../plan/plan.ts';
import { planOf } from '../plan/plan-of.ts';
import { handsIn } from '../play/doing.ts';
import { ourSizes } from '../play/our-sizes.ts';
import { openTables, type Tables } from '../play/tables.ts';
import { compare, type Findings } from '../verdict/findings.ts';
import { type Place, pullOnce } from './pull-once.ts';

/** Seeds whose pulls are killed for real. */
const seeds = 3;
/** Of the polls before the portal is quiet so many meet a kill, and some of them another. */
const killShare = 0.5;
/** A kill comes so long after the first call: a pull of these portals takes some hundred milliseconds. */
const longestLifeMs = 250;

/** Lets a process begin to pull and ends it with SIGKILL; false when it was done before. */
async function pulledUntilKilled(place: Place, firstCall: () => Promise<void>, afterMs: number): Promise<boolean> {
  const child = fork(new URL('./child.ts', import.meta.url));
  const exited = once(child, 'exit');
  child.send(place);
  await Promise.race([firstCall(), exited]);
  await Promise.race([setTimeout(afterMs), exited]);
  child.kill('SIGKILL');
  const [code, signal] = await exited;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`A process that was to be killed ended with code ${code}.`);
  return signal === 'SIGKILL';
}

/** One seed; kills come at real moments, so that this one part does not replay. */
async function playKilled(seed: number, tables: Tables): Promise<Findings & { kills: number; failed: number }> {
  const plan = planOf(seed);
  const start = beginning(plan);
  const random: Random = randomStream(seed, 'kills');
  const clock = virtualClock(start);
  const { portal, pageSizes, searchIndex } = plan;
  const simulator = await startSimulator({
    portal,
    clock,
    pageSizes,
    limits: 'off',
    ...(searchIndex && { searchIndex }),
  });
  const table = await tables.next();
  const perform = handsIn(simulator);
  const deeds = [...plan.deeds];
  const act = (until: number): void => {
    while (deeds[0] && deeds[0].at <= until) {
      const { at, ...deed } = deeds.shift() as (typeof deeds)[number];
      if (deed.do === 'rotate token') continue;
      clock.advanceTo(start + at);
      perform(deed, clock.now());
    }
    clock.advanceTo(start + until);
  };
  const callCount = (): number => Object.values(simulator.calls).reduce((sum, count) => sum + count, 0);
  const firstCall = async (): Promise<void> => {
    for (const before = callCount(); callCount() === before; ) await setTimeout(2);
  };

  let [kills, failed] = [0, 0];
  try {
    for (const [index, { at }] of plan.polls.entries()) {
      act(at);
      const place: Place = {
        baseUrl: simulator.url,
        accessToken: simulator.accessToken,
        table,
        mappings: portal.definition.mappings,
        sizes: ourSizes(pageSizes),
        now: clock.now(),
      };
      while (index < plan.quietFrom && random.chance(killShare)) {
        if (await pulledUntilKilled(place, firstCall, random.integer(0, longestLifeMs))) kills += 1;
        // What happens in HubSpot between two processes of ours.
        act(clock.now() - start + random.integer(0, 20_000));
      }
      if (!(await pullOnce({ ...place, now: clock.now() }))) failed += 1;
    }
    return { ...(await compare(simulator.portal, table)), kills, failed };
  } finally {
    await simulator.close();
  }
}

/** A handful of seeds with `kill -9` at random moments. */
export async function killed(from: number): Promise<{ readonly line: string; readonly good: boolean }> {
  const tables = await openTables();
  const sums = { kills: 0, lost: 0, phantom: 0, stale: 0, failed: 0 };
  const findings: string[] = [];
  try {
    for (let seed = from; seed < from + seeds; seed += 1) {
      const outcome = await playKilled(seed, tables);
      sums.kills += outcome.kills;
      sums.failed += outcome.failed;
      for (const what of ['lost', 'phantom', 'stale'] as const) {
        sums[what] += outcome[what].length;
        findings.push(...outcome[what].slice(0, 4).map((each) => `  seed ${seed}, ${what}: ${each}`));
      }
    }
    const { kills, lost, phantom, stale, failed } = sums;
    const line = `Killed with SIGKILL ${kills} times over ${seeds} seeds: lost ${lost}, phantom ${phantom}, stale ${stale}, pulls that failed otherwise ${failed}`;
    return { line: [line, ...findings].join('\n'), good: lost + phantom + stale + failed === 0 && kills > 0 };
  } finally {
    await tables.close();
  }
}
