import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '#pipeline/ports.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { DatabaseInUseError, startDynamoDb } from './dynamodb.ts';

const tableName = 'hubspot-cx-connector';

/** A store whose data outlive the process. */
export interface KeptStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** Opens the store under `home` for this process alone. @throws ConfigurationError when another process has it. */
export async function openKeptStore(home: string): Promise<KeptStore> {
  const db = await startDynamoDb({ path: join(home, 'dynamodb') }).catch((error: unknown) => {
    if (!(error instanceof DatabaseInUseError)) throw error;
    throw new ConfigurationError(
      `Another cx is at work on this portal (${home}).`,
      'Stop it first with Ctrl+C. Meanwhile its page and `cx explain` answer.',
      { cause: error },
    );
  });
  await createTable({ tableName, endpoint: db.url });
  await writeFile(addressFile(home), db.url);
  return {
    store: dynamoStore({ tableName, endpoint: db.url }),
    close: async () => {
      await rm(addressFile(home), { force: true });
      await db.close();
    },
  };
}

/** The store in a DynamoDB table of the AWS account and region of the environment. */
export const openDeployedStore = (table: string): KeptStore => ({
  store: dynamoStore({ tableName: table }),
  close: async () => {},
});

/** Opens the store under `home` to read it, beside a process that keeps it open as well as alone. */
export async function openStoreToRead(home: string): Promise<KeptStore> {
  try {
    return await openKeptStore(home);
  } catch (error) {
    if (!(error instanceof ConfigurationError && error.cause instanceof DatabaseInUseError)) throw error;
    const endpoint = await readFile(addressFile(home), 'utf8').catch(() => '');
    if (!endpoint) throw error;
    return { store: dynamoStore({ tableName, endpoint }), close: async () => {} };
  }
}

const addressFile = (home: string): string => join(home, 'dynamodb.url');
