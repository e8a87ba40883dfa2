import { hubSpotCrm } from '#hubspot/crm.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import type { Portal } from '#local/portals/portal.ts';
import { type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { Connector } from '#pipeline/connector.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { readConfig } from '#platform/read-config.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

/** The whole connector on loopback around one portal: simulator, embedded DynamoDB in memory, one virtual clock. */
export async function startChain(portal: Portal, options: Partial<SimulatorOptions> = {}) {
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock, ...options });
  const db = await startDynamoDb();
  const table = { tableName: 'chain-test', endpoint: db.url };
  await createTable(table);
  const config = readConfig(portal.definition.mappings);
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const connector: Connector = { crm, store: dynamoStore(table), clock, config };
  return {
    connector,
    clock,
    simulator,
    /** Pull, compute, score and write, as a run does. */
    run: async () => {
      const before = crm.calls();
      const asOf = Date.parse(portal.definition.asOf);
      const pulled = await pullChanges(connector);
      const computed = await computeMetrics(connector, { asOf });
      const scored = await scoreCustomers(connector, { asOf });
      const written = await writeBack(connector, { mode: 'write' });
      return { pulled, computed, scored, written, calls: crm.calls().total - before.total };
    },
    close: async () => {
      await simulator.close();
      await db.close();
    },
  };
}
