import { createHash } from 'node:crypto';
import { processGovernor } from '#hubspot/account-governor.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { propertiesPackage } from '#hubspot/property-definitions.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Crm } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { reconcile } from '#pipeline/reconcile.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { readConfig } from '#platform/read-config.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { beginning, type Plan, type Poll } from '../plan/plan.ts';
import { compare, compareDated, type Findings } from '../verdict/findings.ts';
import { type Floor, FloorMeter } from '../verdict/floor.ts';
import { inWords } from '../verdict/in-words.ts';
import { handsIn } from './doing.ts';
import { Life } from './life.ts';
import { ourSizes } from './our-sizes.ts';
import type { Tables } from './tables.ts';

/** What came of one plan. */
export interface Outcome extends Findings {
  readonly seed: number;
  readonly reconciling: boolean;
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
}

/** Plays a plan against our sync: the portal, the edits, the faults, the deaths, all on one virtual clock. */
export async function play(
  plan: Plan,
  tables: Tables,
  { reconciling = false, instead = (crm) => crm }: Playing = {},
): Promise<Outcome> {
  // The clock waits for calls, not for code that is loaded when it is first needed.
  await propertiesPackage();
  const start = beginning(plan);
  const clock = virtualClock(start);
  const { seed, portal, pageSizes, searchIndex, otherApps, latencyMs, faults } = plan;
  const simulator = await startSimulator({
    portal,
    clock,
    pageSizes,
    seed,
    faults,
    ...(searchIndex && { searchIndex }),
    ...(otherApps && { otherApps }),
    ...(latencyMs && { latencyMs }),
  });
  const table = await tables.next();
  const usual = readConfig(portal.definition.mappings);
  const withoutReread = { ...usual, sync: { ...usual.sync, rereadEveryHours: never } };
  const meter = new FloorMeter(simulator.portal, pageSizes);
  const store = meter.watching(dynamoStore(table));
  const random = randomStream(seed, 'jitter');
  const crms: Crm[] = [];
  const story: string[] = [];
  const broken: string[] = [];
  const happened: Record<string, number> = {};
  const count = (what: string): void => {
    happened[what] = (happened[what] ?? 0) + 1;
  };
  const tell = (line: string): void => {
    story.push(`${((clock.now() - start) / 60_000).toFixed(2).padStart(8)} min  ${line}`);
  };

  /** A process as it starts: it knows what the store knows. */
  const born = () => {
    const mortal: { life: Life } = { life: new Life() };
    const governor = processGovernor({ clock, random: random.unit });
    const crm = hubSpotCrm({
      baseUrl: simulator.url,
      accessToken: async () => simulator.accessToken,
      config: usual,
      clock,
      random: random.unit,
      governor: {
        ...governor,
        // HubSpot's adapter asks before every single call it sends.
        acquire: async (kind) => {
          await mortal.life.step();
          return governor.acquire(kind);
        },
      },
      sizes: ourSizes(pageSizes),
    });
    crms.push(crm);
    return { mortal, crm: instead(crm) };
  };
  let process: ReturnType<typeof born> | null = null;
  const connectorFor = (life: Life, index: number): Connector => {
    const config = index < plan.rereadFrom ? withoutReread : usual;
    process ??= born();
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
    tell(`poll ${index}${quiet ? ', all quiet' : ''}`);
    const connector = connectorFor(life, index);
    const work = async (): Promise<string> => {
      const { done } = await pullChanges(connector, { deadline });
      if (done && reconciling && index % 3 === 2) await reconciled(connector, index);
      return done ? 'done' : 'out of time';
    };
    const ended = work().catch((error: unknown) => error as Error);
    const end = await Promise.race([ended, life.death]);
    if (end === 'died') {
      process = null;
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
    for (const [index, each] of plan.polls.entries()) {
      await clock.sleep(start + each.at - clock.now());
      if (index === plan.quietFrom) {
        await acting;
        simulator.calm();
        simulator.mend();
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
    const calls = crms.reduce((sum, crm) => sum + crm.calls().total, 0) - reconciliationCalls;
    const injected = Object.entries(simulator.faults) as [string, number][];
    for (const [name, times] of injected) happened[`fault ${name}`] = times;
    const of429 = injected.reduce((sum, [name, times]) => sum + (name.startsWith('429') ? times : 0), 0);
    const others = Math.max(0, simulator.refusals429.shared - of429);
    happened['calls of reconciliation'] = reconciliationCalls;
    happened['429 by other apps'] = others;
    happened['429 of our own'] = simulator.refusals429.own;
    const floor = meter.floor(injected.reduce((sum, [, times]) => sum + times, 0) + others);
    const digest = createHash('sha1')
      .update(JSON.stringify([story, simulator.calls, findings]))
      .digest('hex');
    return { seed, reconciling, ...findings, broken, calls, floor, happened, story, digest };
  } finally {
    await simulator.close();
  }
}

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

/** HubSpot may be busy for longer than we try, and a token may be replaced while we use it. */
const isExcused = (error: Error): boolean =>
  error instanceof HubSpotBusyError || ('status' in error && error.status === 401);
