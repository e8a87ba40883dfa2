import { readMessage } from '#hubspot/webhook/message.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { type Consumed, consumeDeliveries, type Delivery } from '#pipeline/changes/consume-deliveries.ts';
import type { Connector } from '#pipeline/connector.ts';
import { MemoryQueue, type QueuedMessage, type QueueRules } from './memory-queue.ts';
import { openEndpoint } from './webhook-endpoint.ts';

/** What receiving webhooks on this machine needs. */
export interface WebhooksOptions {
  readonly connector: Connector;
  readonly clientSecret: string;
  readonly rules?: Partial<QueueRules>;
  readonly port?: number;
  /** Told what each batch came to, and what was in it. */
  readonly onApplied?: (consumed: Consumed, deliveries: readonly Delivery[]) => void;
}

/** A message of the queue as whoever applies it is given it. */
export function deliveryOf({ messageId, attempt, body: raw }: QueuedMessage): Delivery {
  const queued = readMessage(raw);
  const content = 'message' in queued ? { body: queued.message.body } : { raw, because: queued.because };
  return { messageId, attempt, content };
}

/** Webhooks on this machine: an endpoint, a queue and whoever applies what is in it, as they are deployed. */
export async function openWebhooks({ connector, clientSecret, rules, port, onApplied = () => {} }: WebhooksOptions) {
  const { clock, config } = connector;
  const queue = new MemoryQueue(clock, rules);
  const read = changeReader(config);
  const endpoint = await openEndpoint({
    clock,
    secrets: [clientSecret],
    enqueue: (message) => queue.send(message),
    ...(port !== undefined && { port }),
  });
  let batches = 0;
  const apply = async (messages: readonly QueuedMessage[]) => {
    const deliveries = messages.map(deliveryOf);
    const consumed = await consumeDeliveries({ ...connector, holder: `batch ${++batches}` }, deliveries, { read });
    onApplied(consumed, deliveries);
    return consumed;
  };
  queue.consume(apply);
  return {
    ...endpoint,
    queue,
    close: async () => {
      queue.close();
      await endpoint.close();
    },
  };
}
