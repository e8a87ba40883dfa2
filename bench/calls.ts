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
import type { BenchOptions, Figure } from './harness/figure.ts';

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

export const name = 'calls';

export const describes = 'HubSpot calls of a backfill, a day’s changes and the write-back of the demo portal';

const pages = (n: number, size: number): number => Math.ceil(n / size);

const sumOf = (kinds: PullReport['kinds'], of: (seen: number, kind: RecordKind) => number): number =>
  recordKinds.reduce((sum, kind) => sum + of(kinds[kind]?.seen ?? 0, kind), 0);

/** Calls sent over HTTP to the simulator with all limits enforced, beside the fewest possible and beside list paging. */
export async function run({ progress }: BenchOptions): Promise<Figure[]> {
  const { portal } = demoPortal();
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock });
  const db = await startDynamoDb();
  const table = { tableName: 'bench-calls', endpoint: db.url };
  await createTable(table);
  const config = readConfig(portal.definition.mappings);
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const connector: Connector = { crm, store: dynamoStore(table), clock, config };
  const counted = async <T>(step: string, work: () => Promise<T>): Promise<{ report: T; calls: number }> => {
    progress(step);
    const before = crm.calls().total;
    const report = await work();
    return { report, calls: crm.calls().total - before };
  };

  try {
    const backfill = await counted('backfill', () => pullChanges(connector));
    clock.advanceTo(clock.now() + livesMs);
    simulator.advance(new Date(clock.now() - hour).toISOString());
    const incremental = await counted('a day of changes', () => pullChanges(connector));
    await scoreCustomers(connector, { asOf: clock.now() });
    const writes = await counted('write-back', () => writeBack(connector, { mode: 'write' }));
    return figures(backfill, incremental, writes, simulator.statuses[429] ?? 0);
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

function figures(
  backfill: Counted<PullReport>,
  incremental: Counted<PullReport>,
  writes: Counted<WriteReport>,
  refused: number,
): Figure[] {
  const floor = (pulled: PullReport): number => fewestCalls(pulled, nothingWritten);
  const { written } = writes.report;
  return [
    calls('backfill.calls', backfill.calls, floor(backfill.report) + firstPull, {
      floor: floor(backfill.report),
      'list pages of 100, first 100 associations only': sumOf(backfill.report.kinds, (seen) => pages(seen, listPage)),
    }),
    calls('incremental.calls', incremental.calls, floor(incremental.report) + preamble, {
      floor: floor(incremental.report),
      'every record again in list pages': sumOf(backfill.report.kinds, (seen) => pages(seen, listPage)),
    }),
    calls('writeback.calls', writes.calls, pages(written, 100) + firstWrite, {
      floor: pages(written, 100),
      'one record a call': written,
    }),
    calls('refused429.calls', refused, 0, {}),
  ];
}

const calls = (id: string, value: number, goal: number, beside: Record<string, number>): Figure => ({
  id,
  value,
  unit: 'calls',
  goal,
  better: 'lower',
  ...(Object.keys(beside).length > 0 && { beside }),
});
