import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/** An embedded DynamoDB on loopback. */
export interface EmbeddedDynamoDb {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an embedded DynamoDB in a thread of its own: in memory, or in `path`, where it survives the process.
 * What it lacks of the real one: TTL deletion, point-in-time recovery, transactions, streams.
 */
export async function startDynamoDb({ path }: { path?: string } = {}): Promise<EmbeddedDynamoDb> {
  if (path) await mkdir(path, { recursive: true });
  const worker = new Worker(new URL('./dynamodb-thread.js', import.meta.url), { workerData: { path } });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const exited = once(worker, 'exit');
      worker.postMessage('close');
      await exited;
    },
  };
}
