import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Instant } from '#domain/records/record.ts';
import { type SignedRequest, type Verification, verifySignature } from './signature.ts';

/**
 * The most a message may weigh, in bytes of UTF-8.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const largestMessage = 1_048_576;

/** More than any webhook can weigh: API Gateway takes no larger request. */
const largestBody = 10 * 1024 * 1024;

/** A request of HubSpot's as it is queued: all that is needed to verify it again. */
const queued = z.strictObject({
  version: z.literal(1),
  receivedAt: z.int(),
  method: z.string(),
  url: z.string(),
  signature: z.string(),
  timestamp: z.string(),
  body: z.string(),
  /** How `body` is written: as it is, in base64 where a queue cannot hold such text, or gzipped (in base64) where it is large. */
  encoding: z.enum(['text', 'base64', 'gzip']).default('text'),
});

type Queued = z.output<typeof queued>;

/** A request that was verified and queued. */
export interface WebhookMessage {
  readonly receivedAt: Instant;
  readonly method: string;
  readonly url: string;
  readonly signature: string;
  readonly timestamp: string;
  /** The body as text: a JSON array, unless it is malformed. Bytes that are not UTF-8 stand as U+FFFD. */
  readonly body: string;
  /** The body as it was signed. */
  readonly bytes: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** U+FFFE and U+FFFF are the only characters that JSON leaves as they are and SQS does not take. */
const notForQueues = /[\uFFFE\uFFFF]/;

/** The text that these bytes are and a queue can hold; null where there is none. */
function plainText(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes);
    return notForQueues.test(text) ? null : text;
  } catch {
    return null;
  }
}

const weight = (message: string): number => Buffer.byteLength(message);

/** A request as text for the queue; null where it is too large even when compressed. */
export function messageOf(request: SignedRequest, receivedAt: Instant): string | null {
  const { method, url, body, signature = '', timestamp = '' } = request;
  const written = (encoding: Queued['encoding'], text: string): string => {
    const message: Queued = { version: 1, receivedAt, method, url, signature, timestamp, body: text, encoding };
    return JSON.stringify(message);
  };
  const text = plainText(body);
  const plain = text === null ? written('base64', Buffer.from(body).toString('base64')) : written('text', text);
  if (weight(plain) <= largestMessage) return plain;
  const compressed = written('gzip', gzipSync(body).toString('base64'));
  return weight(compressed) <= largestMessage ? compressed : null;
}

const bytesOf: Readonly<Record<Queued['encoding'], (body: string) => Buffer>> = {
  text: (body) => Buffer.from(body),
  base64: (body) => Buffer.from(body, 'base64'),
  gzip: (body) => gunzipSync(Buffer.from(body, 'base64'), { maxOutputLength: largestBody }),
};

/** What a queue's text says, or why it is no message of ours; the reason quotes nothing of it. */
export function readMessage(text: string): { readonly message: WebhookMessage } | { readonly because: string } {
  const read = queued.safeParse(parsed(text));
  if (!read.success) return { because: 'It is no webhook that was queued by this connector.' };
  const { version, encoding, body, ...request } = read.data;
  try {
    const bytes = bytesOf[encoding](body);
    return { message: { ...request, body: encoding === 'text' ? body : bytes.toString(), bytes } };
  } catch {
    return { because: `The body of the queued webhook cannot be read: it is not ${encoding}.` };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether HubSpot signed a message, however long ago: the time it was signed is judged against its receipt. */
export const verifyAgain = (message: WebhookMessage, secrets: readonly string[]): Verification =>
  verifySignature({ ...message, body: message.bytes }, { secrets, now: message.receivedAt });
