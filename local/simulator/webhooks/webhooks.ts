import type { Clock } from '../../../src/pipeline/ports.ts';
import { callIdentities } from '../chance.ts';
import { webhookDelivery } from '../facts/webhooks.ts';
import type { PortalState } from '../state/portal-state.ts';
import { Deliverer, type DeliveryCounts, type DeliveryRules, type Parcel } from './deliverer.ts';
import { eventsOf, type MomentNotation } from './events.ts';
import { post, type WebhookTarget } from './post.ts';
import { readSubscriptions, type WebhookSubscription } from './subscriptions.ts';

/** What the app behind the token is told of, and how. */
export interface WebhookOptions extends Partial<DeliveryRules> {
  /** Signs every request. */
  readonly clientSecret: string;
  readonly subscriptions: readonly WebhookSubscription[];
  /** Where requests go; nothing is told until there is such a place. */
  readonly target?: WebhookTarget;
  /** Decides everything that is left to chance. */
  readonly seed?: number;
  /** The share of events that arrive twice; none unless stated. */
  readonly duplicates?: number;
  /** The share of events that later ones overtake; none unless stated. */
  readonly disorder?: number;
  /** How long duplicates and overtaken events are held up at most. */
  readonly holdUpMs?: number;
  /** The share of events that have the `eventId` of others (docs: not guaranteed to be unique). */
  readonly sharedEventIds?: number;
  /** True tells the values of new records one by one besides their creation, as integrators report. */
  readonly valuesAtCreation?: boolean;
  readonly moments?: MomentNotation;
}

/** Events so far: what happened, how often it was told twice, and what became of it. */
export interface WebhookCounts extends DeliveryCounts {
  /** Events that were subscribed to, without copies. */
  readonly events: number;
  readonly duplicates: number;
}

/** The webhooks of the app. */
export interface Webhooks {
  readonly counts: WebhookCounts;
  readonly target: WebhookTarget | null;
  /** Sends to another place from now on; null tells nothing more, and what is under way finds nobody. */
  sendTo(target: WebhookTarget | null): void;
  /** Replaces what is subscribed to. */
  subscribe(subscriptions: readonly WebhookSubscription[]): void;
  /** Signs with another secret from now on. */
  rotateSecret(clientSecret: string): void;
  /** The endpoint cannot be reached until `up`; events go on to happen. */
  down(): void;
  up(): void;
  /** Resolves as soon as the counts fulfil a condition. */
  until(condition: (counts: WebhookCounts) => boolean): Promise<void>;
  /** Resolves as soon as every event has been taken or given up. */
  settled(): Promise<void>;
  /** Does something that is not told. */
  silently(work: () => void): void;
  close(): void;
}

const none: WebhookOptions = { clientSecret: '', subscriptions: [] };
const eventIds = 2 ** 32;

/** Lets an account tell the app of its changes; listens to nothing while nobody is subscribed. */
export function openWebhooks(
  portal: PortalState,
  { clock, appId }: { readonly clock: Clock; readonly appId: string },
  options: WebhookOptions = none,
): Webhooks {
  const { seed = 0, duplicates = 0, disorder = 0, holdUpMs = 30_000, sharedEventIds = 0.01 } = options;
  const { account, owners } = portal.definition;
  let { clientSecret, target = null } = options;
  let subscriptions = readSubscriptions(options.subscriptions);
  let isDown = false;
  let isSilent = false;
  let stopListening = (): void => {};
  const told = { events: 0, duplicates: 0 };
  const identify = callIdentities();

  const deliverer = new Deliverer(
    clock,
    {
      batchWaitMs: options.batchWaitMs ?? 100,
      eventsPerRequest: options.eventsPerRequest ?? webhookDelivery.eventsPerRequest,
      maxConcurrentRequests: options.maxConcurrentRequests ?? webhookDelivery.concurrentRequests,
      timeoutMs: options.timeoutMs ?? webhookDelivery.timeoutMs,
      post: options.post ?? post,
    },
    () => ({ target: isDown ? null : target, clientSecret }),
  );

  /** The event with its id, and chance of its own: whatever else happens at the same time does not decide. */
  const parcelOf = (event: Parcel['event']): Parcel => {
    const identity = identify({ method: 'POST', target: '', bodyText: JSON.stringify(event) });
    const unit = (purpose: string): number => identity.unit(seed, purpose);
    const range = unit('shared id') < sharedEventIds ? 10 : eventIds;
    return { event: { ...event, eventId: 1 + Math.floor(unit('id') * range) }, unit };
  };

  const tell = (parcel: Parcel): void => {
    const { unit } = parcel;
    const heldUp = (purpose: string): number => Math.ceil(unit(purpose) * holdUpMs);
    told.events += 1;
    deliverer.accept(parcel, unit('overtaken') < disorder ? heldUp('how long') : 0);
    if (unit('twice') >= duplicates) return;
    told.duplicates += 1;
    deliverer.accept(parcel, heldUp('how much later'));
  };

  const context = {
    portalId: account.portalId,
    appId,
    userId: owners.find(({ userId, archived }) => userId !== null && !archived)?.userId ?? 1,
    moments: options.moments ?? 'milliseconds',
    valuesAtCreation: options.valuesAtCreation ?? false,
    property: (type, name) => portal.properties[type].find(name),
  } satisfies Partial<Parameters<typeof eventsOf>[1]>;

  const listen = (): void => {
    stopListening();
    if (!target || subscriptions.length === 0) return;
    stopListening = portal.changes.listen((change) => {
      if (isSilent) return;
      for (const event of eventsOf(change, { ...context, subscriptions }, clock.now())) tell(parcelOf(event));
    });
  };
  listen();

  const counts = (): WebhookCounts => ({ ...told, ...deliverer.counts });
  const until = async (condition: (counts: WebhookCounts) => boolean): Promise<void> => {
    while (!condition(counts())) await deliverer.changed();
  };

  return {
    get counts() {
      return counts();
    },
    get target() {
      return target;
    },
    sendTo: (next) => {
      target = next;
      listen();
    },
    subscribe: (next) => {
      subscriptions = readSubscriptions(next);
      listen();
    },
    rotateSecret: (next) => {
      clientSecret = next;
    },
    down: () => {
      isDown = true;
    },
    up: () => {
      isDown = false;
    },
    until,
    settled: () => until(({ pending }) => pending === 0),
    silently: (work) => {
      isSilent = true;
      try {
        work();
      } finally {
        isSilent = false;
      }
    },
    close: () => {
      stopListening();
      deliverer.close();
    },
  };
}
