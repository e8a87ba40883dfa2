import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';

/** A DynamoDB to run the suite against; `start` is null where it is not installed, and `name` says so. */
export interface Engine {
  readonly name: string;
  readonly start: (() => Promise<EmbeddedDynamoDb>) | null;
}

const dynoxidePackage = `@dynoxide/${process.platform}-${process.arch}`;

function dynoxide(): Engine {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${dynoxidePackage}/package.json`);
    return { name: 'dynoxide', start: () => startDynoxide(join(dirname(manifest), 'dynoxide')) };
  } catch {
    return { name: `dynoxide: left out, ${dynoxidePackage} is not installed`, start: null };
  }
}

async function startDynoxide(binary: string): Promise<EmbeddedDynamoDb> {
  const port = String(await freePort());
  const server = spawn(binary, ['--host', '127.0.0.1', '--port', port], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const exited = once(server, 'exit');
      server.kill();
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening({ stderr }: ChildProcess): Promise<void> {
  if (!stderr) throw new Error('dynoxide was started without a pipe');
  for await (const line of createInterface({ input: stderr })) if (line.includes('listening')) return;
  throw new Error('dynoxide ended before it listened');
}

/** The portable one that the product runs on locally, and a stricter one where npm has it. */
export const engines: readonly Engine[] = [{ name: 'dynalite', start: () => startDynamoDb() }, dynoxide()];
