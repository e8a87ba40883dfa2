import { messageOf } from '#hubspot/webhook/message.ts';
import type { SimulatorOptions } from '#local/simulator/simulator.ts';
import { subscriptionsTo } from '#local/simulator/webhooks/subscriptions.ts';
import type { WebhookOptions } from '#local/simulator/webhooks/webhooks.ts';
import { openWebhooks } from '#local/webhooks/open-webhooks.ts';
import type { Consumed } from '#pipeline/changes/consume-deliveries.ts';
import type { DeadLetter } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { startChain } from '../chain.ts';
import { fewCustomers } from '../few-customers.ts';

const clientSecret = 'a-client-secret';
const everything = subscriptionsTo({
  contacts: 'all',
  companies: 'all',
  deals: 'all',
  tickets: 'all',
  feedback_submissions: 'all',
});

/** A pulled portal that tells of its changes by webhook. */
export type WebhookChain = Awaited<ReturnType<typeof startWebhookChain>>;

/** A chain around a few customers that was pulled once, and whose webhooks arrive. */
export async function startWebhookChain({
  faults,
  ...rules
}: Pick<SimulatorOptions, 'faults'> & Pick<WebhookOptions, 'duplicates' | 'disorder'> = {}) {
  const webhookOptions = { clientSecret, subscriptions: everything, seed: 7, ...rules };
  const chain = await startChain(fewCustomers(), { webhooks: webhookOptions, ...(faults && { faults }) });
  const consumed: Consumed[] = [];
  const webhooks = await openWebhooks({
    connector: chain.connector,
    clientSecret,
    onApplied: (each) => consumed.push(each),
  });
  await pullChanges(chain.connector);
  // Links read a moment ago are no basis to judge events by.
  await chain.clock.sleep(60_000);
  chain.simulator.webhooks.sendTo({ url: webhooks.url });
  const settled = async (): Promise<void> => {
    await chain.simulator.webhooks.settled();
    await webhooks.queue.empty();
  };
  const { store } = chain.connector;
  return {
    ...chain,
    queue: webhooks.queue,
    received: webhooks.received,
    /** What each batch came to, in order. */
    consumed,
    /** Now, as HubSpot writes moments. */
    now: () => new Date(chain.clock.now()).toISOString(),
    /** Does something in HubSpot, and waits until all of it has been dealt with; answers how many calls that took. */
    heard: async (edit: (portal: typeof chain.simulator.portal) => void): Promise<number> => {
      const before = chain.connector.crm.calls().total;
      edit(chain.simulator.portal);
      await settled();
      return chain.connector.crm.calls().total - before;
    },
    /** Puts a webhook with this body into the queue, as if it had been received. */
    queued: async (body: string): Promise<void> => {
      const request = { method: 'POST', url: webhooks.url, body: Buffer.from(body), signature: 's', timestamp: '1' };
      webhooks.queue.send(messageOf(request, chain.clock.now()) ?? '');
      await settled();
    },
    letters: (): Promise<DeadLetter[]> => Array.fromAsync(store.deadLetters()),
    /** Whose letters there are, each once; `?` for what is no change. */
    dead: async (): Promise<string[]> => {
      const letters = await Array.fromAsync(store.deadLetters());
      return [...new Set(letters.map(({ kind, id }) => (kind === null ? '?' : `${kind} ${id}`)))];
    },
    close: async () => {
      await webhooks.close();
      await chain.close();
    },
  };
}
