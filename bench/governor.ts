import { accountGovernor } from '#hubspot/account-governor.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { budgetsOf, type WindowName } from '#hubspot/limits.ts';
import type { CallKind } from '#hubspot/routes.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { randomStream } from '#local/portals/demo/random.ts';
import { requestLimits, searchesPerSecond } from '#local/simulator/facts/limits.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import type { LeaseBook } from '#pipeline/ports.ts';
import { readConfig } from '#platform/read-config.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import type { BenchOptions, Figure } from './harness/figure.ts';
import { type BookCounts, countedBook } from './support/counted-book.ts';
import { type Crew, type LaneCounts, noted, type RefusedByKind, type Task, work } from './support/worker.ts';

export const name = 'governor';

export const describes = '50 workers and other apps share the limits of one account, every limit enforced';

/** Virtual minutes of work. */
const minutes = 2;
const tier = 'professional';
/** What other apps ask for of the limits that all apps of an account share. */
const othersShare = 0.2;
/** Response times of HubSpot's, usual ones. */
const latencyMs = [150, 600] as const;
const seed = 1;
/** Records in a call: limits count calls, not records. */
const rows = 10;
/** Part of the calls that may be errors (docs: usage guidelines, certification). */
const errorsAllowed = 0.05;

const second = 1_000;

/** What the workers do, by lane. Backfill and polls ask for more than there is, the rest as often as life has it. */
function crews(contacts: readonly string[]): readonly Crew[] {
  const ids = contacts.slice(0, rows);
  const search: Task = (crm) => crm.recordsAfter('contact', null);
  const list: Task = (crm) => crm.listAfter('contact', null);
  const read: Task = (crm) => crm.recordsOf('contact', ids);
  const links: Task = (crm) => crm.linksOf('contact', ids);
  const update: Task = (crm) =>
    crm.write(
      'contact',
      ids.map((id) => ({ id, properties: { lastname: 'Doe' } })),
    );
  const { between } = randomStream(seed, 'pauses');
  const always = () => 0;
  const every = (ms: number) => () => Math.round(between(0.5 * ms, 1.5 * ms));
  return [
    {
      lane: 'backfill',
      workers: 36,
      // Parallel id ranges, as the fast mode reads them.
      streams: [search, search, list, list, list, links, links].map((task) => ({ tasks: [task], pauseMs: always })),
    },
    { lane: 'poll', workers: 6, streams: [{ tasks: [search, links], pauseMs: every(5 * second) }] },
    { lane: 'write-back', workers: 4, streams: [{ tasks: [update], pauseMs: every(4 * second) }] },
    { lane: 'webhook', workers: 4, streams: [{ tasks: [read, links, search], pauseMs: every(8 * second) }] },
  ];
}

/** Fifty processes, each with its own governor, over one table; nothing is shared but the table and HubSpot. */
export async function run({ progress }: BenchOptions): Promise<Figure[]> {
  const { portal } = demoPortal({ scale: 0.05 });
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const otherApps = { share: othersShare, seed };
  const simulator = await startSimulator({ portal, clock, tier, seed, latencyMs, otherApps });
  const db = await startDynamoDb();
  try {
    const table = { tableName: 'bench-governor', endpoint: db.url };
    await createTable(table);
    const contacts = portal.records.contacts.map(({ id }) => id);
    return await measured({ simulator, clock, book: dynamoLeaseBook(table), contacts, progress });
  } finally {
    await simulator.close();
    await db.close();
  }
}

interface Scene {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly book: LeaseBook;
  readonly contacts: readonly string[];
  readonly progress: (line: string) => void;
}

async function measured({ simulator, clock, book, contacts, progress }: Scene): Promise<Figure[]> {
  const until = clock.now() + minutes * 60 * second;
  const refused: RefusedByKind = {};
  const bookCounts: BookCounts = { reads: 0, writes: 0, conflicts: 0 };
  const lanes = crews(contacts).map((crew) => ({ ...crew, counts: { waits: [], turnedAway: 0 } as LaneCounts }));

  const working = lanes.flatMap(({ lane, workers, streams, counts }) =>
    Array.from({ length: workers }, (_, index) => {
      const random = randomStream(seed, lane, index).unit;
      const governor = accountGovernor({ leases: countedBook(book, clock, random, bookCounts), clock, lane, random });
      const crm = hubSpotCrm({
        baseUrl: simulator.url,
        accessToken: simulator.accessToken,
        config: readConfig({}),
        clock,
        governor: noted(governor, clock, counts, refused),
        sizes: { search: rows, list: rows },
        random,
      });
      return streams.map((stream) => work(stream, crm, { clock, counts, until }));
    }).flat(),
  );

  for (let minute = 1; minute <= minutes; minute += 1) {
    await clock.sleep(60 * second);
    progress(`${minute} of ${minutes} minutes`);
  }
  progress(lanes.map(({ lane, counts }) => `${lane}: ${counts.turnedAway} calls told to come again`).join(', '));
  const figures = figuresOf(simulator, { refused, bookCounts, lanes });
  await Promise.all(working);
  return figures;
}

interface Outcome {
  readonly refused: RefusedByKind;
  readonly bookCounts: BookCounts;
  readonly lanes: readonly (Crew & { readonly counts: LaneCounts })[];
}

/** What fits in each window for us: the limit, less what others got through. */
function leftByOthers({ otherCalls }: Simulator): Readonly<Record<WindowName, number>> {
  const { tenSecondly, associationsTenSecondly } = requestLimits[tier];
  const seconds = minutes * 60;
  return {
    burst: (tenSecondly * seconds) / 10 - otherCalls.app,
    search: searchesPerSecond * seconds - otherCalls.search,
    associations: (associationsTenSecondly * seconds) / 10 - otherCalls.associations,
  };
}

function figuresOf(simulator: Simulator, { refused, bookCounts, lanes }: Outcome): Figure[] {
  const kinds = Object.keys(simulator.calls) as CallKind[];
  const sent = kinds.reduce((sum, kind) => sum + simulator.calls[kind], 0);
  const through = (window: WindowName): number =>
    kinds
      .filter((kind) => budgetsOf[kind].window === window)
      .reduce((sum, kind) => sum + simulator.calls[kind] - (refused[kind] ?? 0), 0);
  const left = leftByOthers(simulator);
  const { own, shared } = simulator.refusals429;
  const waits = Object.fromEntries(lanes.map(({ lane, counts }) => [lane, Math.max(...counts.waits)]));
  const { webhook = Number.NaN, ...others } = waits;
  const used = Object.fromEntries(
    (['burst', 'search', 'associations'] as const).map((window) => [window, rounded(through(window) / left[window])]),
  );
  return [
    { id: 'own429', value: own, unit: 'calls', goal: 0, better: 'lower' },
    { id: 'shared429', value: shared, unit: 'calls', goal: Math.floor(errorsAllowed * sent), better: 'lower' },
    {
      id: 'utilisation',
      value: Math.min(...Object.values(used)),
      unit: 'of what others left',
      goal: 0.95,
      better: 'higher',
      beside: used,
    },
    { id: 'webhookLane.maxWaitMs', value: webhook, unit: 'ms', goal: 1_000, better: 'lower', beside: others },
    {
      id: 'storeWrites.perCall',
      value: rounded(bookCounts.writes / sent),
      unit: 'writes',
      goal: 1,
      better: 'lower',
      beside: { conflicts: rounded(bookCounts.conflicts / sent), reads: rounded(bookCounts.reads / sent) },
    },
  ];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
