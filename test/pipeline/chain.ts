import { zoneOf } from '#domain/time/zone.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import type { Portal } from '#local/portals/portal.ts';
import { type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { Connector } from '#pipeline/connector.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import type { Syncing } from '#pipeline/sync/syncing.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { readConfig } from '#platform/read-config.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

/** What the parts of the sync are given, for a chain. */
export const syncingOf = ({ connector, simulator }: Pick<Chain, 'connector' | 'simulator'>): Syncing => ({
  ...connector,
  zone: zoneOf(simulator.portal.definition.account.timeZone),
  deadline: Number.POSITIVE_INFINITY,
});

/** Where a chain keeps its data. */
export interface Table {
  readonly tableName: string;
  readonly endpoint: string;
}

/** What may differ from a chain of its own: a table and a clock that others use too, the token, and the simulator. */
export interface ChainOptions extends Partial<Omit<SimulatorOptions, 'portal' | 'clock'>> {
  readonly table?: Table;
  readonly clock?: VirtualClock;
  /** The token the connector calls with; the simulator's own unless stated. */
  readonly token?: string;
  /** The moment metrics and scores are computed for; the portal's unless stated. */
  readonly asOf?: number;
}

/** A running chain. */
export type Chain = Awaited<ReturnType<typeof startChain>>;

/** The whole connector on loopback around one portal: simulator, embedded DynamoDB in memory, one virtual clock. */
export async function startChain(portal: Portal, options: ChainOptions = {}) {
  const {
    clock = virtualClock(Date.parse(portal.definition.asOf)),
    asOf = Date.parse(portal.definition.asOf),
    table: shared,
    token,
    ...simulation
  } = options;
  const simulator = await startSimulator({ portal, clock, ...simulation });
  const db = shared ? null : await startDynamoDb();
  const table: Table = shared ?? { tableName: 'chain-test', endpoint: db?.url ?? '' };
  await createTable(table);
  const config = readConfig(portal.definition.mappings);
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: token ?? simulator.accessToken, config, clock });
  const connector: Connector = { crm, store: dynamoStore(table), clock, config };
  return {
    connector,
    clock,
    simulator,
    table,
    asOf,
    /** Pull, compute, score and write, as a run does; `through` stands in for the chain's own connector. */
    run: async (through: Connector = connector) => {
      const before = crm.calls();
      const pulled = await pullChanges(through);
      const computed = await computeMetrics(through, { asOf });
      const scored = await scoreCustomers(through, { asOf });
      const written = await writeBack(through, { mode: 'write' });
      return { pulled, computed, scored, written, calls: crm.calls().total - before.total };
    },
    close: async () => {
      await simulator.close();
      await db?.close();
    },
  };
}
