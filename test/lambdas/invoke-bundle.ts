/** Runs a bundle as Lambda does, in a process of its own: events and answers travel over IPC. */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [file = '', name = ''] = process.argv.slice(2);

const context = (remainingMs: number) => ({
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
  memoryLimitInMB: '1024',
  awsRequestId: randomUUID(),
  getRemainingTimeInMillis: () => remainingMs,
});

interface Invocation {
  readonly event?: unknown;
  /** Time the function has left as it begins. */
  readonly remainingMs?: number;
  readonly end?: true;
}

/** Everything Lambda's runtime logs of an error: its words, its frames and whatever else hangs on it. */
const asLogged = (error: unknown): unknown =>
  error instanceof Error
    ? { ...error, name: error.name, message: error.message, stack: error.stack, cause: asLogged(error.cause) }
    : error;

const { handler } = await import(pathToFileURL(file).href);

process.on('message', async ({ event, remainingMs = 240_000, end }: Invocation) => {
  if (end) return process.disconnect();
  const answer = await handler(event, context(remainingMs)).then(
    (report: unknown) => ({ report }),
    (error: unknown) => ({ failure: asLogged(error) }),
  );
  return process.send?.(answer);
});
process.send?.({ loaded: typeof handler });
