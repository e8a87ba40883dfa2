import { randomUUID } from 'node:crypto';
import { subscribedProperties } from '#hubspot/webhook/read-changes.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { subscriptionsTo, type WatchedProperties } from '../simulator/webhooks/subscriptions.ts';
import type { WebhookOptions } from '../simulator/webhooks/webhooks.ts';
import { openWebhooks } from './open-webhooks.ts';
import { scoreOnChange } from './score-on-change.ts';

/** What webhooks came to for a while. */
export interface Heard {
  /** As HubSpot counts them: one request carries up to a hundred. */
  readonly events: number;
  /** Records whose values or links were told, those read because of what was told, and those gone. */
  readonly told: number;
  readonly read: number;
  readonly departed: number;
  /** Changes that could not be applied: dead letters. */
  readonly dead: number;
  /** Records scored anew and written. */
  readonly written: number;
  readonly latenciesMs: readonly number[];
}

/** A simulated portal that tells us of its changes. */
export interface Hearing {
  /** Where its webhooks arrive. */
  readonly url: string;
  /** What they came to since this was last asked. */
  news(): Heard;
  /** Does other work on scores and writes, with none of ours beside it. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves as soon as everything that happened is applied, scored and written. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What a simulated portal is subscribed to, until somebody listens without anybody being told. */
export const quietWebhooks = (config: Connector['config']): WebhookOptions => ({
  clientSecret: randomUUID(),
  subscriptions: subscriptionsTo(subscribedProperties(config) as WatchedProperties),
});

const nothing: Heard = { events: 0, told: 0, read: 0, departed: 0, dead: 0, written: 0, latenciesMs: [] };

/** Has a simulated portal tell this process of its changes, by signed requests, and whoever they concern scored at once. */
export async function openHearing(
  connector: Connector,
  { webhooks: portal }: Pick<Simulator, 'webhooks'>,
  { clientSecret, onError }: { readonly clientSecret: string; readonly onError: (error: unknown) => void },
): Promise<Hearing> {
  let heard = nothing;
  let delivered = portal.counts.delivered;
  const scores = scoreOnChange(connector, {
    onError,
    onWritten: ({ written, latenciesMs }) => {
      heard = {
        ...heard,
        written: heard.written + written,
        latenciesMs: [...heard.latenciesMs, ...latenciesMs],
      };
    },
  });
  const webhooks = await openWebhooks({
    connector,
    clientSecret,
    onApplied: ({ told, read, departed, dead, failed }) => {
      heard = {
        ...heard,
        told: heard.told + told,
        read: heard.read + read,
        departed: heard.departed + departed,
        dead: heard.dead + dead,
      };
      // Of a batch that failed some may be applied, and is known already when it is tried again.
      if (told + read + departed + dead + failed.length > 0) scores.changed();
    },
  });
  portal.sendTo({ url: webhooks.url });
  return {
    url: webhooks.url,
    news: () => {
      const { counts } = portal;
      const told = { ...heard, events: counts.delivered - delivered };
      delivered = counts.delivered;
      heard = nothing;
      return told;
    },
    alone: scores.alone,
    settled: async () => {
      await portal.settled();
      await webhooks.queue.empty();
      await scores.idle();
    },
    close: async () => {
      portal.sendTo(null);
      await webhooks.close();
      await scores.idle();
    },
  };
}
