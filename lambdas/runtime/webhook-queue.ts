import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** HubSpot waits five seconds for an answer: two attempts that take so long fit in, then it sends the webhook again. */
const patience = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };

/** Puts a webhook into the queue; resolves when SQS has it. */
export function webhookQueue(queueUrl: string): (message: string) => Promise<void> {
  const client = new SQSClient({ maxAttempts: 2, requestHandler: patience });
  return async (message) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message }));
  };
}
