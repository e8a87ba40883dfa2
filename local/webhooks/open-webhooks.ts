import { consumeQueue, type QueueOptions } from './consume-queue.ts';
import { openEndpoint } from './webhook-endpoint.ts';

/** What receiving webhooks on this machine needs. */
export interface WebhooksOptions extends QueueOptions {
  readonly clientSecret: string;
  readonly port?: number;
}

/** Webhooks on this machine: an endpoint, a queue and whoever applies what is in it, as they are deployed. */
export async function openWebhooks({ clientSecret, port, ...options }: WebhooksOptions) {
  const queue = consumeQueue(options);
  const endpoint = await openEndpoint({
    clock: options.connector.clock,
    secrets: [clientSecret],
    enqueue: (message) => queue.send(message),
    ...(port !== undefined && { port }),
  });
  return {
    ...endpoint,
    queue,
    close: async () => {
      queue.close();
      await endpoint.close();
    },
  };
}
