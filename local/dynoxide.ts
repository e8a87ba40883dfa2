import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EmbeddedDynamoDb } from './dynamodb.ts';

/** The package that holds dynoxide for this machine. */
export const dynoxidePackage = `@dynoxide/${process.platform}-${process.arch}`;

/** Where dynoxide lies, a quicker and stricter engine than the portable one; null where npm has none for this machine. */
export function findDynoxide(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${dynoxidePackage}/package.json`)), 'dynoxide');
  } catch {
    return null;
  }
}

/** Starts dynoxide in memory, in a process of its own. */
export async function startDynoxide(binary: string): Promise<EmbeddedDynamoDb> {
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
