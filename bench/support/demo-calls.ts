import { type RecordKind, recordKinds } from '#domain/records/record.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import { fewestCalls } from '#local/fewest-calls.ts';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import type { Connector } from '#pipeline/connector.ts';
import { type PullReport, pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { type WriteReport, writeBack } from '#pipeline/write-back.ts';
import { readConfig } from '#platform/read-config.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import type { BenchOptions, Figure } from '../harness/figure.ts';
import { callFigure, pagesOf } from './call-figure.ts';

const hour = 3_600_000;
/** How long the portal lives between backfill and incremental pull. */
const livesMs = 24 * hour;
/** Records of a list page, as most connectors read. */
const listPage = 100;
/** Calls a pull makes besides reading records: whose portal it is, and the stages of tickets and deals. */
const preamble = 3;
/** A first pull also asks whether the properties that the configuration names exist: of contacts and of companies. */
const firstPull = preamble + 2;

/** A first write's own calls: for contacts and companies each a canary, and to look for and create group and properties. */
const firstWrite = 2 * (1 + 4);

const sumOf = (kinds: PullReport['kinds'], of: (seen: number, kind: RecordKind) => number): number =>
  recordKinds.reduce((sum, kind) => sum + of(kinds[kind]?.seen ?? 0, kind), 0);

/** Calls of the demo portal's backfill, a day's changes and the write-back, all limits enforced. */
export async function demoCalls({ progress, small }: BenchOptions): Promise<Figure[]> {
  const { portal } = demoPortal({ scale: small ? 0.05 : 1 });
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock });
  const db = await startDynamoDb();
  const table = { tableName: 'bench-calls', endpoint: db.url };
  await createTable(table);
  const config = readConfig(portal.definition.mappings);
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const looking: Connector = { crm, store: dynamoStore(table), clock, config };
  // What modified dates do not show is looked for apart, so that each figure is of one thing.
  const never = { archivedEveryMinutes: 1e9, rereadEveryHours: 1e9 };
  const connector: Connector = { ...looking, config: { ...config, sync: { ...config.sync, ...never } } };
  const counted = async <T>(step: string, work: () => Promise<T>): Promise<{ report: T; calls: number }> => {
    progress(`demo portal: ${step}`);
    const before = crm.calls().total;
    const report = await work();
    return { report, calls: crm.calls().total - before };
  };

  try {
    const backfill = await counted('backfill', () => pullChanges(connector));
    clock.advanceTo(clock.now() + livesMs);
    simulator.advance(new Date(clock.now() - hour).toISOString());
    const incremental = await counted('a day of changes', () => pullChanges(connector));
    const looks = await counted('a look for what dates do not show', () => pullChanges(looking));
    const nothing = await counted('nothing', () => pullChanges(connector));
    await scoreCustomers(connector, { asOf: clock.now() });
    const writes = await counted('write-back', () => writeBack(connector, { mode: 'write' }));
    return figures({ backfill, incremental, writes, looks: looks.calls - nothing.calls }, simulator.statuses[429] ?? 0);
  } finally {
    await simulator.close();
    await db.close();
  }
}

interface Counted<T> {
  readonly report: T;
  readonly calls: number;
}

const nothingWritten = { written: 0 } as WriteReport;

interface Calls {
  readonly backfill: Counted<PullReport>;
  readonly incremental: Counted<PullReport>;
  /** Of looking through the recycle bins, and of reading again what is due at the beginning of a round. */
  readonly looks: number;
  readonly writes: Counted<WriteReport>;
}

function figures({ backfill, incremental, looks, writes }: Calls, refused: number): Figure[] {
  const floor = (pulled: PullReport): number => fewestCalls(pulled, nothingWritten);
  const { written } = writes.report;
  return [
    callFigure('demo.backfill.calls', backfill.calls, floor(backfill.report) + firstPull, {
      floor: floor(backfill.report),
      'list pages of 100, first 100 associations only': sumOf(backfill.report.kinds, (seen) => pagesOf(seen, listPage)),
    }),
    callFigure('demo.incremental.calls', incremental.calls, floor(incremental.report) + preamble, {
      floor: floor(incremental.report),
      'a look for what dates do not show, apart': looks,
      'every record again in list pages': sumOf(backfill.report.kinds, (seen) => pagesOf(seen, listPage)),
    }),
    callFigure('demo.writeback.calls', writes.calls, pagesOf(written, 100) + firstWrite, {
      floor: pagesOf(written, 100),
      'one record a call': written,
    }),
    callFigure('demo.refused429.calls', refused, 0, {}),
  ];
}
