import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FunctionName } from '#platform/environment/functions.ts';

/** What one invocation came to: the step's report, or the error as Lambda would log it. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: each function answers its own report.
  readonly report?: any;
  readonly failure?: Readonly<{ name: string; message: string; stack: string; cause?: unknown }>;
}

/** A sandbox of Lambda's with one of our bundles loaded. */
export interface DeployedFunction {
  readonly loaded: string;
  /** Runs it with an event, and so much time: four minutes unless stated. */
  invoke(event: unknown, remainingMs?: number): Promise<Answer>;
  /** Ends the sandbox, once; answers everything that reached CloudWatch. */
  end(): Promise<Written>;
}

/** What a function wrote: its lines of JSON, and everything. */
export interface Written {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly text: string;
}

/** Loads a bundle in a fresh process that has the given environment and nothing else. */
export async function deploy(
  bundle: string,
  name: FunctionName,
  environment: Readonly<Record<string, string>>,
): Promise<DeployedFunction> {
  const child = fork(join(import.meta.dirname, 'invoke-bundle.ts'), [bundle, name], {
    env: { ...environment, AWS_LAMBDA_FUNCTION_NAME: name, AWS_REGION: 'eu-central-1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = Promise.all([text(child.stdout as Readable), text(child.stderr as Readable)]);
  const ended = once(child, 'close');
  const next = async (): Promise<unknown> => {
    const [first] = await Promise.race([once(child, 'message'), ended.then(() => ['ended'])]);
    if (first === 'ended') throw new Error(`${name} ended: ${(await output).join('\n')}`);
    return first;
  };
  const { loaded } = (await next()) as { loaded: string };
  const failures: unknown[] = [];
  const end = async (): Promise<Written> => {
    child.send({ end: true });
    await ended;
    const everything = (await output).join('\n');
    const lines = everything.split('\n').filter((line) => line.startsWith('{'));
    return { lines: lines.map((line) => JSON.parse(line)), text: `${everything}\n${JSON.stringify(failures)}` };
  };
  let written: Promise<Written> | undefined;
  return {
    loaded,
    invoke: async (event, remainingMs) => {
      child.send({ event, remainingMs });
      const answer = (await next()) as Answer;
      if (answer.failure) failures.push(answer.failure);
      return answer;
    },
    end: () => {
      written ??= end();
      return written;
    },
  };
}
