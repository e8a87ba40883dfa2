import { availableParallelism } from 'node:os';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { deployedRules } from '#local/webhooks/memory-queue.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { safetyLag } from '#pipeline/sync/syncing.ts';
import { writeBack } from '#pipeline/write-back.ts';
import type { BenchOptions, Figure } from './harness/figure.ts';
import { type Ceiling, measureCeiling } from './webhook/ceiling.ts';
import { insufficientShare, mix, workerIn } from './webhook/deeds.ts';
import { openDoor } from './webhook/door/door.ts';
import { echoFigures } from './webhook/echo.ts';
import { differences, differencesBeforePull } from './webhook/lost.ts';
import { quantile } from './webhook/quantile.ts';
import { type RealTime, realTimeFrom } from './webhook/real-time.ts';
import { clientSecret, openScene, type Scene } from './webhook/scene.ts';
import { liveThrough, type Traffic } from './webhook/traffic.ts';

export const name = 'webhook';

export const describes = 'seconds from an event in HubSpot to the score on the record, and what our own writes cause';

const latencyMs = [150, 600] as const;
const duplicates = 0.1;
const disorder = 0.05;
const holdUpMs = 2_000;
const seed = 1;
const most = 200;
const share = 0.8;

const percent = (part: number): string => `${Math.round(100 * part)} %`;

export const assumes = [
  'Time is real: seconds are the machine’s. Only the date is the demo portal’s, and 30 s are left out before the last pull, which never reads what is younger. The echo figures count calls and run on a virtual clock.',
  `HubSpot is simulated and answers in ${latencyMs.join(' to ')} ms; all limits of a professional account are enforced, and shared by the lease book in the table.`,
  `Of the events ${Object.entries(mix)
    .map(([kind, part]) => `${percent(part)} ${kind}`)
    .join(
      ', ',
    )} (merges, restores, deletions); ${percent(insufficientShare)} of the property changes say too little by themselves.`,
  `${percent(duplicates)} of the events arrive twice, ${percent(disorder)} after later ones, up to ${holdUpMs / 1000} s late; latencies include that.`,
  `The queue hands out up to ${deployedRules.batchSize} messages after ${deployedRules.batchWindowMs} ms to ${deployedRules.concurrency} consumers at a time; scores are computed, and what waits is written, as soon as there is some.`,
  'receive.p99Ms is what the sender waits for. Sender and endpoint share a process of their own, as the deployed function has one; a pipe to the connector stands for the queue.',
  'reads.floor: by batch and kind a call for each hundred records that must be read (new, restored, merged, or a value HubSpot calculates others of), and for each kind they link to one for each thousand whose links must be, also of those that named who merged, left or came back; copies that come later are not counted.',
  'storeOps are all requests to DynamoDB, a batch counting as one: applying, scoring, writing back and the lease book, over the events that happened, copies not counted.',
  'rate is what the formula allows, measured anew each time: the embedded database on this machine sets it.',
];

/** Webhooks from event to score, then what comes back of our own writes. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  return [...(await trafficFigures(options)), ...(await echoFigures(options))];
}

async function trafficFigures(options: BenchOptions): Promise<Figure[]> {
  const { progress, small } = options;
  const seconds = options.seconds ?? (small ? 5 : 60);
  const { portal } = demoPortal({ scale: small ? 0.05 : 1 });
  const clock = realTimeFrom(Date.parse(portal.definition.asOf));
  const door = await openDoor(clock, clientSecret);
  const webhooks = { seed, duplicates, disorder, holdUpMs, post: door.post };
  const scene = await openScene(portal, { clock, latencyMs, webhooks });
  try {
    const records = Object.values(portal.records).reduce((sum, list) => sum + list.length, 0);
    progress(`${records} records are read, scored and written, into ${scene.engine}`);
    await pullAll(scene);
    await scoreCustomers(scene.poll);
    await writeBack(scene.writeBack, { mode: 'write' });

    const ceiling = await measureCeiling(scene, small ? 1 : 5);
    const worker = workerIn(scene.simulator.portal, seed);
    const warm = await liveThrough(scene, door, worker, { perSecond: 20, seconds: small ? 2 : 10 });
    const allowed = (share * ceiling.requests) / (warm.storeOps / warm.events);
    const perSecond = Math.min(most, allowed);
    progress(
      `The database takes ${Math.round(ceiling.requests)} requests/s (${Math.round(ceiling.records)} records committed); ` +
        `at first an event takes ${rounded(warm.storeOps / warm.events)}: ${rounded(perSecond)} events/s for ${seconds} s`,
    );
    const before = worker.insufficient();
    const traffic = await liveThrough(scene, door, worker, { perSecond, seconds });
    progress(`${traffic.events} events: ${inWords(traffic.byKind)}; ${worker.insufficient() - before} said too little`);
    progress(inWords({ ...traffic.counts, ...traffic.opsByName }));
    const lost = await lostOf(scene, clock, options);
    return figures(traffic, { ceiling, perSecond, allowed, lost: lost + traffic.undelivered });
  } finally {
    await scene.close();
    await door.close();
  }
}

const inWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ');

async function pullAll({ poll }: Scene): Promise<void> {
  while (!(await pullChanges(poll)).done);
}

/** Records that differ from the portal's before the next pull or after it. */
async function lostOf(scene: Scene, clock: RealTime, { progress }: BenchOptions): Promise<number> {
  const before = await differencesBeforePull(scene);
  clock.skip(safetyLag + 1_000);
  await pullAll(scene);
  const after = await differences(scene);
  for (const each of [...before, ...after].slice(0, 10)) progress(`differs: ${each.slice(0, 300)}`);
  progress(`${before.length} records differ before the last pull, ${after.length} after it`);
  return before.length + after.length;
}

interface Found {
  readonly ceiling: Ceiling;
  readonly perSecond: number;
  readonly allowed: number;
  readonly lost: number;
}

function figures(traffic: Traffic, { ceiling, perSecond, allowed, lost }: Found): Figure[] {
  const { events, receiveMs, latenciesMs, reads, readsFloor, storeOps, took, cpuShare } = traffic;
  const atMost = (id: string, value: number, unit: string, goal: number, beside?: Figure['beside']): Figure => ({
    id,
    value: rounded(value),
    unit,
    goal: rounded(goal),
    better: 'lower',
    ...(beside && { beside }),
  });
  const late = (part: number): number => quantile(latenciesMs, part);
  const floor = readsFloor / events;
  return [
    {
      id: 'rate',
      value: rounded(traffic.perSecond),
      unit: 'events/s',
      goal: rounded(0.98 * perSecond),
      better: 'higher',
      beside: { [`${percent(share)} of what the database allows`]: rounded(allowed) },
    },
    atMost('lost', lost, 'records', 0),
    atMost('receive.p99Ms', quantile(receiveMs, 0.99), 'ms', 50, { median: rounded(quantile(receiveMs, 0.5)) }),
    atMost('latency.p50Ms', late(0.5), 'ms', 5_000),
    atMost('latency.p95Ms', late(0.95), 'ms', 5_000),
    atMost('latency.p99Ms', late(0.99), 'ms', 10_000, { slowest: rounded(late(1)) }),
    atMost('reads.perEvent', reads / events, 'calls', 1.5 * floor),
    atMost('reads.floor', floor, 'calls', floor),
    atMost('storeOps.perEvent', storeOps / events, 'requests', 20),
    {
      id: 'store.ceiling',
      value: rounded(ceiling.requests),
      unit: 'requests/s',
      goal: 0,
      better: 'higher',
      beside: { 'this traffic': rounded(storeOps / took) },
    },
    atMost('cpu', cpuShare, 'cores', availableParallelism()),
  ];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
