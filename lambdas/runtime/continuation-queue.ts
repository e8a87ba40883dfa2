import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

const message = z.strictObject({
  /** What the first run of the chain was called with. */
  event: z.record(z.string(), z.unknown()),
  /** How many runs came before. */
  continuation: z.int().min(0),
});

/** A run that goes on where another one ended. Holds no data of anybody's. */
export type Continuation = z.output<typeof message>;

/** Lambda hands over one message at a time. */
const delivery = z.object({ Records: z.tuple([z.object({ body: z.string() })]) });

/** The event a function was called with, whether directly or by a message of its queue. */
export function receivedEvent(event: unknown): { readonly event: unknown; readonly continuation: number } {
  const delivered = delivery.safeParse(event);
  if (!delivered.success) return { event, continuation: 0 };
  const read = message.safeParse(parsed(delivered.data.Records[0].body));
  return read.success ? read.data : { event, continuation: 0 };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Sends a continuation to a function's own queue, to arrive after so many seconds (at most 900). */
export type SendContinuation = (continuation: Continuation, afterSeconds: number) => Promise<void>;

export function continuationQueue(queueUrl: string): SendContinuation {
  const client = new SQSClient({});
  return async (continuation, afterSeconds) => {
    const body = JSON.stringify(continuation);
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: afterSeconds }));
  };
}
