import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

/** An embedded DynamoDB on loopback. */
export interface EmbeddedDynamoDb {
  readonly url: string;
  close(): Promise<void>;
}

/** The files belong to an embedded DynamoDB of another process. */
export class DatabaseInUseError extends Error {
  override readonly name = 'DatabaseInUseError';
}

/**
 * Starts an embedded DynamoDB in a thread of its own: in memory, or in `path`, where it survives the process.
 * What it lacks of the real one: TTL deletion, point-in-time recovery, transactions, streams.
 * @throws DatabaseInUseError when another process has `path` open.
 */
export async function startDynamoDb({ path }: { path?: string } = {}): Promise<EmbeddedDynamoDb> {
  if (path) await mkdir(path, { recursive: true });
  const worker = new Worker(new URL('./dynamodb-thread.js', import.meta.url), { workerData: { path } });
  const [port] = (await once(worker, 'message')) as [number];
  const url = `http://127.0.0.1:${port}`;
  if (path) await opened(worker, url, path);
  return {
    url,
    close: async () => {
      const exited = once(worker, 'exit');
      worker.postMessage('close');
      await exited;
    },
  };
}

/** A lock held by another process shows at the first question only, as the death of the thread. */
async function opened(worker: Worker, endpoint: string, path: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials, maxAttempts: 1 });
  const died = new AbortController();
  const death = once(worker, 'error', { signal: died.signal }).then(([error]: unknown[]) => {
    throw new DatabaseInUseError(`${path} is in use by another process.`, { cause: error });
  });
  try {
    await Promise.race([client.send(new ListTablesCommand({})).catch(() => death), death]);
  } finally {
    died.abort();
    death.catch(() => {});
    client.destroy();
  }
}
