import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A call to DynamoDB as it passes: its operation, its JSON, and how to have the engine behind answer it, or another one. */
export interface PassingCall {
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: DynamoDB's JSON, as each operation has it.
  readonly body: any;
  pass(body?: object): Promise<Answer>;
}

/** What the front answers in place of the engine. */
export type Rule = (call: PassingCall) => Promise<Answer>;

export const answered = (body: object): Answer => ({ status: 200, body: JSON.stringify(body) });

/** An error the AWS SDK does not try again. */
export const cutOff: Answer = {
  status: 400,
  body: JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException', message: 'cut off' }),
};

/** Stands between a store and its engine, so that calls can be left undone as DynamoDB and the network leave them. */
export async function startFront(engine: string, rule: Rule) {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const pass = (instead?: object) => passOn(engine, request, instead ? JSON.stringify(instead) : body);
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const answer = await rule({ operation, body: JSON.parse(body), pass });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function passOn(engine: string, { headers }: IncomingMessage, body: string): Promise<Answer> {
  const named = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];
  const kept = named.map((name): [string, string] => [name, String(headers[name])]);
  const answer = await fetch(engine, { method: 'POST', headers: kept, body });
  return { status: answer.status, body: await answer.text() };
}

const writes = new Set(['PutItem', 'DeleteItem', 'BatchWriteItem', 'UpdateItem']);

/** Lets so many writes through, then cuts off every call: what a crash leaves behind. */
export function crashAfter(allowed: number): Rule {
  let made = 0;
  return async ({ operation, pass }) =>
    made >= allowed || (writes.has(operation) && ++made > allowed) ? cutOff : pass();
}
