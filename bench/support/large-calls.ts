import { recordKinds } from '#domain/records/record.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { linkedKinds } from '#hubspot/links.ts';
import type { ObjectType, Portal } from '#local/portals/portal.ts';
import { requestLimits, searchesPerSecond } from '#local/simulator/facts/limits.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { BackfillMode } from '#pipeline/forecasting/backfill-calls.ts';
import type { Store } from '#pipeline/ports.ts';
import { type PullReport, pullChanges } from '#pipeline/pull-changes.ts';
import { readConfig } from '#platform/read-config.ts';
import type { BenchOptions, Figure } from '../harness/figure.ts';
import { callFigure, pagesOf } from './call-figure.ts';
import { countingStore } from './counting-store.ts';
import { largePortal } from './large-portal.ts';
import { type Amounts, ofPeers } from './peer-calls.ts';

/** HubSpot's usual response times; which one a call gets is decided by a seed. */
export const latencyMs = [150, 600] as const;
const tier = 'professional';
const minute = 60_000;

const page = { list: 100, search: 200, links: 1_000, history: 50 };

/** The kinds of the large portal, by the amounts they come in. */
const kindOf = { contacts: 'contact', tickets: 'ticket', answers: 'answer' } as const;
const typeOf = { contacts: 'contacts', tickets: 'tickets', answers: 'feedback_submissions' } as const;
const amountNames = ['contacts', 'tickets', 'answers'] as const;
const sumOf = (amounts: Amounts, of: (n: number, name: (typeof amountNames)[number]) => number): number =>
  amountNames.reduce((sum, name) => sum + of(amounts[name], name), 0);

/** Full pages of the search, and the links of their records by the thousand. */
const keysetFloor = (amounts: Amounts): number =>
  sumOf(amounts, (n, name) => pagesOf(n, page.search) + linkedKinds[kindOf[name]].length * pagesOf(n, page.links));

/** What is allowed beyond the floor: 2 % of a backfill, and at least what a pull asks once. */
const backfillGoal = (floor: number): number => Math.max(Math.floor(1.02 * floor), floor + 12);
/** What lanes need to find their places, and the governor's own distance to each limit: 9.4 %, 0.25 min at least. */
const minutesGoal = (floor: number): number => Math.max(1.094 * floor, floor + 0.25);
/** What a pull asks once, and one page a kind for what is read again. */
const overlapCalls = 7;

/** Records a second within the limits: all calls of lists, all searches, and both. */
const perSecond = {
  lists: (requestLimits[tier].tenSecondly / 10) * page.list,
  searches: searchesPerSecond * page.search,
};
const minutesAt = (records: number, rate: number): number => hundredths(records / rate / 60);
const hundredths = (value: number): number => Math.round(100 * value) / 100;

/** A portal, and a pull of it with a store of one's own. */
interface Pulling {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly connector: Connector;
}

async function opened(portal: Portal, store: Store, mode: BackfillMode, options: BenchOptions): Promise<Pulling> {
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock, tier, latencyMs, seed: 1 });
  // Histories have calls of their own; only the frugal read asks for them.
  const history = mode === 'frugal' ? 'reopened' : 'none';
  const config = readConfig({ sync: { backfill: mode }, ticket: { history } });
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const onProgress = steps(mode, options);
  return { simulator, clock, connector: { crm, store, clock, config, onProgress } };
}

/** A line when a step begins, and one for every tenth of it. */
function steps(mode: string, { progress }: BenchOptions): NonNullable<Connector['onProgress']> {
  let told = '';
  return ({ step, done, total }) => {
    const tenth = `${mode} ${step}: ${total ? Math.floor((10 * done) / total) * 10 : 0} %`;
    if (tenth !== told) progress(tenth);
    told = tenth;
  };
}

interface Measured {
  readonly calls: number;
  readonly minutes: number;
  readonly history: PullReport['history'];
}

async function measured({ connector, clock }: Pulling): Promise<Measured> {
  const [calls, at] = [connector.crm.calls().total, clock.now()];
  const { history } = await pullChanges(connector);
  return {
    calls: connector.crm.calls().total - calls - history.calls,
    minutes: (clock.now() - at) / minute,
    history,
  };
}

/** Changes so many records of each kind, spread over all of them, as people do: a modified date each. */
function change({ simulator, clock }: Pulling, changed: Amounts): void {
  for (const name of amountNames) {
    const type: ObjectType = typeOf[name];
    const { values } = simulator.portal.records[type].ids();
    const every = Math.floor(values.length / changed[name]);
    const ids = values.filter((_, at) => at % every === 0).slice(0, changed[name]);
    simulator.portal.touch(type, ids, new Date(clock.now()).toISOString());
  }
}

/** Throws where something of the portal did not arrive: a figure of less than everything says nothing. */
function assertWhole(all: Amounts, saved: (kind: (typeof kindOf)[keyof typeof kindOf]) => number): void {
  for (const name of amountNames)
    if (saved(kindOf[name]) !== all[name]) throw new Error(`Of ${all[name]} ${name} ${saved(kindOf[name])} arrived.`);
}

/** Calls and minutes of a large portal, frugal and fast; a store that only counts stands behind the port. */
export async function largeCalls(all: Amounts, changed: Amounts, options: BenchOptions): Promise<Figure[]> {
  options.progress(`portal of ${sumOf(all, (n) => n).toLocaleString('en')} records`);
  const portal = largePortal({ contacts: all.contacts, tickets: all.tickets, feedback_submissions: all.answers });
  const frugal = await frugalCalls(portal, all, changed, options);
  const fast = await fastCalls(portal, all, options);
  const records = sumOf(all, (n) => n);
  const floor = keysetFloor(all);
  const [lists, searches] = [minutesAt(records, perSecond.lists), minutesAt(records, perSecond.searches)];
  const both = records / (perSecond.lists + perSecond.searches) / 60;
  const { history } = frugal.backfill;
  return [
    callFigure('backfill.calls', frugal.backfill.calls, backfillGoal(floor), {
      floor,
      'ours, fast': fast.calls,
      ...ofPeers((peer) => peer.backfill(all)),
    }),
    {
      id: 'backfill.minutes',
      value: hundredths(fast.minutes),
      unit: 'min',
      goal: hundredths(minutesGoal(both)),
      better: 'lower',
      beside: {
        floor: hundredths(both),
        'lists alone, at least': lists,
        'searches alone, at least': searches,
        'ours, frugal': hundredths(frugal.backfill.minutes),
      },
    },
    callFigure('incremental.calls', frugal.incremental.calls, keysetFloor(changed) + overlapCalls, {
      floor: keysetFloor(changed),
      ...ofPeers((peer) => peer.incremental(changed, all)),
    }),
    callFigure('history.calls', history.calls, pagesOf(history.read, page.history), {
      floor: pagesOf(history.read, page.history),
      'of every ticket': pagesOf(all.tickets, page.history),
    }),
  ];
}

async function frugalCalls(portal: Portal, all: Amounts, changed: Amounts, options: BenchOptions) {
  // Tickets are read again when their history is.
  const counting = countingStore((record) => record.kind === 'ticket' && record.fields.reopenCount > 0);
  const pulling = await opened(portal, counting.store, 'frugal', options);
  try {
    const backfill = await measured(pulling);
    assertWhole(all, counting.saved);
    pulling.clock.advanceTo(pulling.clock.now() + 10 * minute);
    change(pulling, changed);
    pulling.clock.advanceTo(pulling.clock.now() + 5 * minute);
    return { backfill, incremental: await measured(pulling) };
  } finally {
    await pulling.simulator.close();
  }
}

async function fastCalls(portal: Portal, all: Amounts, options: BenchOptions): Promise<Measured> {
  const counting = countingStore(() => false);
  const pulling = await opened(portal, counting.store, 'fast', options);
  try {
    const backfill = await measured(pulling);
    assertWhole(all, counting.saved);
    return backfill;
  } finally {
    await pulling.simulator.close();
  }
}

/** Records of a large portal that a fast backfill leaves out of DynamoDB; all of them are counted there. */
export async function lostOnTheWay(all: Amounts, store: Store, options: BenchOptions): Promise<Figure> {
  const records = sumOf(all, (n) => n);
  options.progress(`${records.toLocaleString('en')} records through DynamoDB`);
  const portal = largePortal({ contacts: all.contacts, tickets: all.tickets, feedback_submissions: all.answers });
  const pulling = await opened(portal, store, 'fast', options);
  try {
    await pullChanges(pulling.connector);
    const counts = await Promise.all(recordKinds.map((kind) => store.countRecords(kind)));
    const kept = counts.reduce((sum, count) => sum + count, 0);
    return {
      id: 'dynamodb.lost',
      value: records - kept,
      unit: 'records',
      goal: 0,
      better: 'lower',
      beside: { kept },
    };
  } finally {
    await pulling.simulator.close();
  }
}
