import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { consumeQueue } from '#local/webhooks/consume-queue.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { type DeedKind, mix, type Worker } from './deeds.ts';
import type { Door } from './door/door.ts';
import { fewestReads } from './read-floor.ts';
import type { Scene } from './scene.ts';
import { watchStoreOps } from './watched-store.ts';

/** How much happens, and for how long. */
export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
}

/** What a stretch of traffic came to, from its first event until nothing was left to be done. */
export interface Traffic {
  /** Events that happened, copies left out, and how many of each kind. */
  readonly events: number;
  readonly byKind: Readonly<Record<DeedKind, number>>;
  readonly perSecond: number;
  /** Seconds in all. */
  readonly took: number;
  readonly receiveMs: readonly number[];
  readonly latenciesMs: readonly number[];
  /** Calls to HubSpot that read records or links, and the fewest that would have done. */
  readonly reads: number;
  readonly readsFloor: number;
  readonly storeOps: number;
  readonly opsByName: Readonly<Record<string, number>>;
  /** Processor time over time, of this process: simulator and connector. */
  readonly cpuShare: number;
  /** Events given up by the sender or put aside, and letters nobody could apply. */
  readonly undelivered: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** How long a step that found nothing to do waits before it looks again. */
const pauseMs = 250;
const tickMs = 25;

/** Calls that read records or links. */
const reading = ['search', 'list', 'read', 'associations'] as const;

/** Lets an account live, and the connector keep up with it, each step as often as there is something to do. */
export async function liveThrough(
  scene: Scene,
  door: Door,
  worker: Worker,
  { perSecond, seconds }: Load,
): Promise<Traffic> {
  const { simulator, clock } = scene;
  const { portalId } = simulator.portal.definition.account;
  const read = changeReader(scene.webhook.config);
  let readsFloor = 0;
  /** Copies that come later need no reading. */
  const seen = new Set<string>();
  const counts: Record<string, number> = {
    batches: 0,
    told: 0,
    read: 0,
    departed: 0,
  };
  const add = (name: string, n: number): void => {
    counts[name] = (counts[name] ?? 0) + n;
  };
  let undelivered = 0;
  const queue = consumeQueue({
    connector: scene.webhook,
    onApplied: (consumed, deliveries) => {
      const bodies = deliveries.flatMap(({ content }) => ('body' in content ? [content.body] : []));
      const changes = bodies
        .flatMap((body) => read(body, String(portalId)).changes)
        .filter(({ fingerprint }) => !seen.has(fingerprint));
      for (const { fingerprint } of changes) seen.add(fingerprint);
      readsFloor += fewestReads(changes, worker.naming);
      undelivered += consumed.dead;
      for (const name of ['told', 'read', 'departed'] as const) add(name, consumed[name]);
      add('batches', 1);
      add('failed', consumed.failed.length);
      for (const [name, n] of Object.entries(consumed.idle)) add(`idle: ${name}`, n);
    },
  });
  const ops = watchStoreOps(scene.table.endpoint);
  door.waitedMs();
  door.onQueued((message) => queue.send(message));
  const callsBefore = { ...scene.webhook.crm.calls().byKind };
  const cpu = process.cpuUsage();
  const began = performance.now();
  simulator.webhooks.sendTo({ url: door.url });

  const latenciesMs: number[] = [];
  const score = async (): Promise<number> => {
    const { scored } = await scoreCustomers(scene.webhook);
    add('rounds of scores', 1);
    add('scored', scored);
    return scored;
  };
  const write = async (): Promise<number> => {
    const report = await writeBack(scene.writeBack, { mode: 'write' });
    latenciesMs.push(...report.latenciesMs);
    add('written', report.written);
    // Whoever left while being written.
    add('refused', report.refused.length);
    return report.planned;
  };
  let over = false;
  const again = async (step: () => Promise<number>): Promise<void> => {
    while (!over) if ((await step()) === 0) await clock.sleep(pauseMs);
  };
  const working = Promise.all([again(score), again(write)]);

  const happened = await happen(scene, worker, { perSecond, seconds });
  await simulator.webhooks.settled();
  await queue.empty();
  over = true;
  await working;
  while ((await score()) + (await write()) > 0);

  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  ops.close();
  simulator.webhooks.sendTo(null);
  queue.close();
  const { givenUp } = simulator.webhooks.counts;
  const calls = scene.webhook.crm.calls().byKind;
  const reads = reading.reduce((sum, kind) => sum + (calls[kind] ?? 0) - (callsBefore[kind] ?? 0), 0);
  return {
    ...happened,
    took,
    receiveMs: door.waitedMs(),
    latenciesMs,
    reads,
    readsFloor,
    storeOps: ops.total(),
    opsByName: ops.byName,
    cpuShare: (user + system) / 1e6 / took,
    undelivered: undelivered + givenUp + queue.deadLetters.length,
    counts,
  };
}

type Happened = Pick<Traffic, 'events' | 'byKind' | 'perSecond'>;

/** Whatever lags furthest behind its share of the events happens next. */
async function happen({ simulator, clock }: Scene, worker: Worker, { perSecond, seconds }: Load): Promise<Happened> {
  const { webhooks } = simulator;
  const kinds = Object.keys(mix) as DeedKind[];
  const byKind: Record<DeedKind, number> = { property: 0, association: 0, creation: 0, departure: 0 };
  const first = webhooks.counts.events;
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  while (elapsed() < seconds) {
    const due = perSecond * Math.min(seconds, elapsed());
    while (webhooks.counts.events - first < due) {
      const behind = (kind: DeedKind): number => byKind[kind] / mix[kind];
      const next = kinds.reduce((a, b) => (behind(b) < behind(a) ? b : a));
      const before = webhooks.counts.events;
      worker.do(next, new Date(clock.now()).toISOString());
      byKind[next] += webhooks.counts.events - before;
    }
    await clock.sleep(tickMs);
  }
  const events = webhooks.counts.events - first;
  return { events, byKind, perSecond: events / elapsed() };
}
