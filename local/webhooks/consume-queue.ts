import { readMessage } from '#hubspot/webhook/message.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import { type Consumed, consumeDeliveries, type Delivery } from '#pipeline/changes/consume-deliveries.ts';
import type { Connector } from '#pipeline/connector.ts';
import { MemoryQueue, type QueuedMessage, type QueueRules } from './memory-queue.ts';

/** What applying webhooks on this machine needs. */
export interface QueueOptions {
  readonly connector: Connector;
  readonly rules?: Partial<QueueRules>;
  /** Told what each batch came to, and what was in it. */
  readonly onApplied?: (consumed: Consumed, deliveries: readonly Delivery[]) => void;
}

/** A message of the queue as whoever applies it is given it. */
export function deliveryOf({ messageId, attempt, body: raw }: QueuedMessage): Delivery {
  const queued = readMessage(raw);
  const content = 'message' in queued ? { body: queued.message.body } : { raw, because: queued.because };
  return { messageId, attempt, content };
}

/** A queue of webhooks on this machine, and whoever applies what is in it, as they are deployed. */
export function consumeQueue({ connector, rules, onApplied = () => {} }: QueueOptions): MemoryQueue {
  const queue = new MemoryQueue(connector.clock, rules);
  const read = changeReader(connector.config);
  let batches = 0;
  queue.consume(async (messages) => {
    const deliveries = messages.map(deliveryOf);
    const consumed = await consumeDeliveries({ ...connector, holder: `batch ${++batches}` }, deliveries, { read });
    onApplied(consumed, deliveries);
    return consumed;
  });
  return queue;
}
