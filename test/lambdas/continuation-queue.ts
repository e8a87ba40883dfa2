import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message that a function sent, with the seconds it is to be delayed. */
export interface SentMessage {
  readonly body: string;
  readonly delaySeconds: number;
}

/** A message that was handed out and is to come again. */
export interface ReturnedMessage {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout: number;
}

/** A queue on loopback, as far as the functions use one: it takes messages and keeps them. */
export interface LocalQueue {
  readonly url: string;
  /** The messages sent since the last look, oldest first. */
  take(): SentMessage[];
  /** Messages that were given back since the last look, each with the seconds until it comes again. */
  takeReturned(): ReturnedMessage[];
  close(): void;
}

/** The event with which Lambda hands a message over. */
export const deliveryOf = ({ body }: Pick<SentMessage, 'body'>): unknown => ({
  Records: [{ messageId: 'message-1', receiptHandle: 'handle', body, attributes: {}, eventSource: 'aws:sqs' }],
});

/** Characters of a message; what holds others is refused. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: three of them are allowed.
const allowed = /^[\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u;

/**
 * Speaks SQS's JSON protocol for `SendMessage`, its limits included, and for giving messages back.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function startQueue(): Promise<LocalQueue> {
  let sent: SentMessage[] = [];
  let returned: ReturnedMessage[] = [];
  const server = createServer(async (request, response) => {
    const { QueueUrl, MessageBody, DelaySeconds = 0, Entries = [] } = JSON.parse(await text(request));
    if (request.headers['x-amz-target'] === 'AmazonSQS.ChangeMessageVisibilityBatch') {
      const given = Entries as (ReturnedMessage & { readonly Id: string })[];
      const taken = QueueUrl === url && given.length >= 1 && given.length <= 10;
      if (taken) returned.push(...given.map(({ Id: _, ...message }) => message));
      response.writeHead(taken ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ Successful: given.map(({ Id }) => ({ Id })), Failed: [] }));
      return;
    }
    const asked = request.headers['x-amz-target'] === 'AmazonSQS.SendMessage' && QueueUrl === url;
    const delayed = Number.isInteger(DelaySeconds) && DelaySeconds >= 0 && DelaySeconds <= 900;
    const fits = Buffer.byteLength(String(MessageBody)) <= 1_048_576 && allowed.test(String(MessageBody));
    const taken = asked && delayed && fits;
    if (taken) sent.push({ body: MessageBody, delaySeconds: DelaySeconds });
    const md5 = createHash('md5').update(String(MessageBody)).digest('hex');
    response.writeHead(taken ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      JSON.stringify(
        taken
          ? { MessageId: 'message-1', MD5OfMessageBody: md5 }
          : { __type: 'com.amazonaws.sqs#InvalidParameterValue', message: 'Not a message this queue takes.' },
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/000000000000/further`;
  return {
    url,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    takeReturned: () => {
      const taken = returned;
      returned = [];
      return taken;
    },
    close: () => server.close(),
  };
}
