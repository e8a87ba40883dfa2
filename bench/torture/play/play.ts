import { createHash } from 'node:crypto';
import { propertiesPackage } from '#hubspot/property-definitions.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { objectTypes } from '#local/portals/portal.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { subscriptionsTo } from '#local/simulator/webhooks/subscriptions.ts';
import type { WebhookOptions } from '#local/simulator/webhooks/webhooks.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import type { ReadChanges } from '#pipeline/changes/consume-deliveries.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Crm } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { reconcile } from '#pipeline/reconcile.ts';
import { HubSpotBusyError, StoreConflictError } from '#platform/errors.ts';
import { readConfig } from '#platform/read-config.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { beginning, type Plan, type Poll, type WebhookPlan } from '../plan/plan.ts';
import { compare, compareDated, type Findings } from '../verdict/findings.ts';
import { type Floor, FloorMeter } from '../verdict/floor.ts';
import { inWords } from '../verdict/in-words.ts';
import { handsIn } from './doing.ts';
import { firstSecret, hear } from './hear.ts';
import { Life } from './life.ts';
import { type Process, processesIn } from './processes.ts';
import type { Tables } from './tables.ts';
import { takingTime } from './taking-time.ts';

/** What came of one plan. */
export interface Outcome extends Findings {
  readonly seed: number;
  readonly reconciling: boolean;
  readonly backfill: Plan['backfill'];
  /** Errors that no fault of the plan explains, each in words. */
  readonly broken: readonly string[];
  readonly calls: number;
  readonly floor: Floor;
  /** How often each thing happened: deeds by name, faults by name, crashes, polls. */
  readonly happened: Readonly<Record<string, number>>;
  /** The whole story in order, a line each. */
  readonly story: readonly string[];
  /** Equal for two runs that went the same way. */
  readonly digest: string;
}

/** What may differ from the pull alone. */
export interface Playing {
  /** Whether the nightly reconciliation runs too, after every third poll. */
  readonly reconciling?: boolean;
  /** A rule broken on purpose, to see that it is found out. */
  readonly instead?: (crm: Crm) => Crm;
  readonly insteadRead?: (read: ReadChanges) => ReadChanges;
}

/** Plays a plan against our sync: the portal, the edits, the faults, the deaths, all on one virtual clock. */
export async function play(
  plan: Plan,
  tables: Tables,
  { reconciling = false, instead = (crm) => crm, insteadRead = (read) => read }: Playing = {},
): Promise<Outcome> {
  // The clock waits for calls, not for code that is loaded when it is first needed.
  await propertiesPackage();
  const start = beginning(plan);
  const clock = virtualClock(start);
  const { seed, portal, pageSizes, backfill, searchIndex, otherApps, latencyMs, faults, webhooks } = plan;
  const simulator = await startSimulator({
    portal,
    clock,
    pageSizes,
    seed,
    faults,
    ...(searchIndex && { searchIndex }),
    ...(otherApps && { otherApps }),
    ...(latencyMs && { latencyMs }),
    ...(webhooks && { webhooks: toldOf(webhooks, seed) }),
  });
  const table = await tables.next();
  const mapped = readConfig(portal.definition.mappings);
  const usual = { ...mapped, sync: { ...mapped.sync, backfill } };
  const withoutReread = { ...usual, sync: { ...usual.sync, rereadEveryHours: never } };
  const meter = new FloorMeter(simulator.portal, pageSizes);
  const random = randomStream(seed, 'jitter');
  const metersStore = dynamoStore(table);
  const atOnce = meter.watching(metersStore);
  let stalls = webhooks?.stalls ?? 0;
  const pace = { clock, random: randomStream(seed, 'response times of the store'), stalls: () => stalls };
  const store = webhooks ? takingTime(atOnce, pace) : atOnce;
  const story: string[] = [];
  const broken: string[] = [];
  const happened: Record<string, number> = {};
  const count = (what: string, times = 1): void => {
    happened[what] = (happened[what] ?? 0) + times;
  };
  const tell = (line: string): void => {
    story.push(`${((clock.now() - start) / 60_000).toFixed(2).padStart(8)} min  ${line}`);
  };

  const processes = processesIn({
    simulator,
    clock,
    config: usual,
    pageSizes,
    random: random.unit,
    areSeveral: webhooks !== undefined,
    instead,
  });
  let process: Process | null = null;
  let polling: Life | null = null;
  const connectorFor = (life: Life, index: number): Connector => {
    const config = index < plan.rereadFrom ? withoutReread : usual;
    process ??= processes.born('poll');
    process.mortal.life = life;
    return { crm: life.within(process.crm), store: life.within(store), clock, config };
  };

  const perform = handsIn(simulator);
  const acting = (async () => {
    for (const { at, ...deed } of plan.deeds) {
      await clock.sleep(start + at - clock.now());
      const done = perform(deed, clock.now());
      count(done ? deed.do : 'passed over');
      if (done) tell(inWords(deed));
    }
  })();

  const ears =
    webhooks &&
    (await hear({
      plan: webhooks,
      simulator,
      clock,
      start,
      config: usual,
      store,
      meter,
      metersStore,
      born: () => processes.born('webhook'),
      endPoll: () => polling?.end(),
      count,
      tell,
      broken,
      insteadRead,
    }));

  let reconciliationCalls = 0;
  const reconciled = async (connector: Connector, index: number): Promise<void> => {
    const before = connector.crm.calls().total;
    const { kinds } = await reconcile(connector, { full: index % 2 === 0, sample: 20, seed: index });
    reconciliationCalls += connector.crm.calls().total - before;
    tell(`  reconciled ${Object.keys(kinds).length} kinds`);
  };

  const poll = async ({ within }: Poll, index: number): Promise<void> => {
    const quiet = index >= plan.quietFrom;
    const life = new Life(plan.crashes.find((crash) => crash.poll === index));
    const deadline = within === undefined ? Number.POSITIVE_INFINITY : clock.now() + within;
    polling = life;
    tell(`poll ${index}${quiet ? ', all quiet' : ''}`);
    const connector = connectorFor(life, index);
    const work = async (): Promise<string> => {
      const { done } = await pullChanges(connector, { deadline });
      if (done && reconciling && index % 3 === 2) await reconciled(connector, index);
      return done ? 'done' : 'out of time';
    };
    const ended = work().catch((error: unknown) => error as Error);
    const end = await Promise.race([ended, life.death]);
    polling = null;
    if (end === 'died') {
      process = null;
      if (webhooks?.crashesOfAll.includes(index)) ears?.endAll();
      count('crash');
      meter.crashed();
      tell('  our process dies');
    } else if (typeof end !== 'string') {
      count('gave up');
      tell(`  gives up: ${end.name}: ${end.message}`);
      if (!isExcused(end) || quiet) broken.push(`poll ${index}: ${where(end)}`);
    } else tell(`  ${end}`);
    count('poll');
  };

  let dated: Findings = { lost: [], phantom: [], stale: [] };
  try {
    let late = 0;
    for (const [index, each] of plan.polls.entries()) {
      if (index === plan.quietFrom) {
        await acting;
        await ears?.settled();
        late = Math.max(0, clock.now() - start - each.at);
      }
      await clock.sleep(start + each.at + late - clock.now());
      if (index === plan.quietFrom) {
        simulator.calm();
        simulator.mend();
        stalls = 0;
      }
      await poll(each, index);
      meter.polled();
      if (index + 1 === plan.rereadFrom) dated = await compareDated(simulator.portal, table, undatedIn(plan));
    }
    const found = await compare(simulator.portal, table);
    const findings = {
      lost: [...dated.lost, ...found.lost],
      phantom: [...dated.phantom, ...found.phantom],
      stale: [...dated.stale, ...found.stale],
    };
    const callsOfWebhooks = processes.calls('webhook');
    const calls = processes.calls('poll') + callsOfWebhooks - reconciliationCalls;
    const injected = Object.entries(simulator.faults) as [string, number][];
    for (const [name, times] of injected) happened[`fault ${name}`] = times;
    const of429 = injected.reduce((sum, [name, times]) => sum + (name.startsWith('429') ? times : 0), 0);
    const others = Math.max(0, simulator.refusals429.shared - of429);
    happened[`${backfill} backfill`] = 1;
    if (webhooks) happened['calls of webhooks'] = callsOfWebhooks;
    happened['calls of reconciliation'] = reconciliationCalls;
    happened['429 by other apps'] = others;
    happened['429 of our own'] = simulator.refusals429.own;
    const floor = meter.floor(injected.reduce((sum, [, times]) => sum + times, 0) + others);
    const digest = createHash('sha1')
      .update(JSON.stringify([story, simulator.calls, findings]))
      .digest('hex');
    return { seed, reconciling, backfill, ...findings, broken, calls, floor, happened, story, digest };
  } finally {
    await ears?.close();
    await simulator.close();
  }
}

/** Everything of every type is subscribed to. */
const toldOf = (
  { format, valuesAtCreation, duplicates, disorder, holdUpMs, sharedEventIds, eventsPerRequest }: WebhookPlan,
  seed: number,
): WebhookOptions => ({
  clientSecret: firstSecret,
  subscriptions: subscriptionsTo(Object.fromEntries(objectTypes.map((type) => [type, 'all'])), format),
  seed,
  valuesAtCreation,
  duplicates,
  disorder,
  holdUpMs,
  sharedEventIds,
  eventsPerRequest,
});

/** Records whose last news no date tells: unreadable all the while, or back from the recycle bin without a new date. */
const undatedIn = ({ deeds, faults }: Plan): ReadonlySet<string> =>
  new Set([
    ...(faults.corrupt ?? []).map(({ id }) => id),
    ...deeds.flatMap((deed) => (deed.do === 'restore' && !deed.touch ? [deed.id] : [])),
  ]);

/** An error and where it came from. */
const where = ({ stack, message }: Error): string => (stack ?? message).split('\n').slice(0, 4).join('\n');

/** Hours: longer than any plan. */
const never = 1_000_000;

/**
 * HubSpot may be busy for longer than we try, a token may be replaced while we use it, and others may commit for longer
 * than we wait.
 */
const isExcused = (error: Error): boolean =>
  error instanceof HubSpotBusyError ||
  error instanceof StoreConflictError ||
  ('status' in error && error.status === 401);
