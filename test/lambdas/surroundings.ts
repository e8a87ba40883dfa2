import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { systemClock } from '#platform/system-clock.ts';
import { createTable } from '#store/create-table.ts';
import { type LocalQueue, startQueue } from './continuation-queue.ts';
import { type SecretsExtension, startSecretsExtension } from './secrets-extension.ts';
import { smallPortal } from './small-portal.ts';

/** What deployed functions have around them in AWS, on loopback: a table, HubSpot, their secret, a queue. */
export interface Surroundings {
  readonly db: EmbeddedDynamoDb;
  readonly hubSpot: Simulator;
  readonly secrets: SecretsExtension;
  readonly queue: LocalQueue;
  /** The queue of the step that comes after. */
  readonly next: LocalQueue;
  /** The environment of a function that works on this table. */
  environment(tableName: string): Readonly<Record<string, string>>;
  /** An empty table; answers where it is. */
  table(tableName: string): Promise<{ readonly tableName: string; readonly endpoint: string }>;
  close(): Promise<void>;
}

export const secretName = 'the-secret';

/** Starts everything around a portal of three customers. */
export async function startSurroundings(): Promise<Surroundings> {
  const db = await startDynamoDb();
  const hubSpot = await startSimulator({ portal: smallPortal(Date.now()), clock: systemClock });
  const secrets = await startSecretsExtension(secretName, hubSpot.accessToken);
  const queue = await startQueue();
  const next = await startQueue();
  return {
    db,
    hubSpot,
    secrets,
    queue,
    next,
    environment: (tableName) => ({
      TABLE_NAME: tableName,
      HUBSPOT_BASE_URL: hubSpot.url,
      HUBSPOT_TOKEN_SECRET: secretName,
      CONTINUATION_QUEUE_URL: queue.url,
      NEXT_QUEUE_URL: next.url,
      WEBHOOK_QUEUE_URL: queue.url,
      AWS_ENDPOINT_URL_DYNAMODB: db.url,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret-key-of-the-role',
      ...secrets.environment,
    }),
    table: async (tableName) => {
      await createTable({ tableName, endpoint: db.url });
      return { tableName, endpoint: db.url };
    },
    close: async () => {
      secrets.close();
      queue.close();
      next.close();
      await hubSpot.close();
      await db.close();
    },
  };
}
