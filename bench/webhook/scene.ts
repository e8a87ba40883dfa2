import { accountGovernor } from '#hubspot/account-governor.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Lane } from '#hubspot/lanes.ts';
import { subscribedProperties } from '#hubspot/webhook/read-changes.ts';
import { startDynamoDb } from '#local/dynamodb.ts';
import { findDynoxide, startDynoxide } from '#local/dynoxide.ts';
import type { Portal } from '#local/portals/portal.ts';
import { type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { subscriptionsTo, type WatchedProperties } from '#local/simulator/webhooks/subscriptions.ts';
import type { WebhookOptions } from '#local/simulator/webhooks/webhooks.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Clock } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { readConfig } from '#platform/read-config.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

export const clientSecret = 'a-client-secret-of-the-bench';

/** What may differ between scenes. */
export interface SceneOptions extends Pick<SimulatorOptions, 'latencyMs'> {
  readonly clock: Clock;
  /** What of the configuration is another. */
  readonly sync?: Partial<ConnectorConfig['sync']>;
  /** How webhooks are delivered; what is subscribed to is what the connector reads, unless stated. */
  readonly webhooks?: Partial<WebhookOptions>;
}

/** A portal, a table, and the connector as its functions see it. */
export type Scene = Awaited<ReturnType<typeof openScene>>;

/** Simulator and database on loopback; every lane shares HubSpot's limits by the table, as deployed functions do. */
export async function openScene(portal: Portal, { clock, sync, webhooks, ...simulation }: SceneOptions) {
  const usual = readConfig(portal.definition.mappings);
  const config = { ...usual, sync: { ...usual.sync, ...sync } };
  const watched = subscribedProperties(config) as WatchedProperties;
  const simulator = await startSimulator({
    portal,
    clock,
    ...simulation,
    webhooks: { clientSecret, subscriptions: subscriptionsTo(watched), ...webhooks },
  });
  const quicker = findDynoxide();
  const db = await (quicker ? startDynoxide(quicker) : startDynamoDb());
  const table = { tableName: 'bench-webhook', endpoint: db.url };
  await createTable(table);
  const store = dynamoStore(table);
  const connectorIn = (lane: Lane): Connector => {
    const governor = accountGovernor({ leases: store, clock, lane });
    const { url: baseUrl, accessToken } = simulator;
    return { crm: hubSpotCrm({ baseUrl, accessToken, config, clock, governor }), store, clock, config };
  };
  return {
    simulator,
    clock,
    table,
    db,
    engine: quicker ? 'dynoxide' : 'dynalite',
    poll: connectorIn('poll'),
    webhook: connectorIn('webhook'),
    writeBack: connectorIn('write-back'),
    close: async () => {
      await simulator.close();
      await db.close();
    },
  };
}
