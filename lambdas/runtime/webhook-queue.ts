import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** HubSpot waits five seconds for an answer: two attempts that take so long fit in, then it sends the webhook again. */
const patience = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };

/** Puts a webhook into the queue; resolves when SQS has it. */
export function webhookQueue(queueUrl: string): (message: string) => Promise<void> {
  const client = new SQSClient({ maxAttempts: 2, requestHandler: patience });
  return async (message) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message }));
  };
}

/** A message that was handed out and not taken. */
export interface Returned {
  readonly receiptHandle: string;
  /** How often it was handed out so far. */
  readonly attempt: number;
}

/** What SQS takes in one call. */
const batchSize = 10;
const longestPauseSeconds = 900;
const firstPauseSeconds = 10;

/** Twice as long each time: HubSpot is seldom busy for long, and seldom back at once when it is not. */
export const pauseSeconds = (attempt: number): number =>
  Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (attempt - 1));

/** Has messages handed out again after a pause, in place of the queue's own, which is as long as a function may take. */
export function messageReturn(queueUrl: string): (messages: readonly Returned[]) => Promise<void> {
  const client = new SQSClient({});
  return async (messages) => {
    for (let from = 0; from < messages.length; from += batchSize) {
      const entries = messages.slice(from, from + batchSize).map(({ receiptHandle, attempt }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: pauseSeconds(attempt),
      }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    }
  };
}
