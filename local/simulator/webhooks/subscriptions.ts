import { type ObjectType, objectTypes } from '../../portals/portal.ts';
import { objectTypeFacts, objectTypeNamed } from '../facts/object-types.ts';
import { classicTypes, type WebhookEventName, webhookEvents } from '../facts/webhooks.ts';

/**
 * One subscription of the app, as a HubSpot project states it (`webhooks-hsmeta.json`): `contact.propertyChange` and the
 * like, or `object.propertyChange` with an `objectType`. Beyond HubSpot, a change of values without a `propertyName`
 * stands for every property.
 */
export interface WebhookSubscription {
  readonly subscriptionType: string;
  readonly objectType?: string;
  readonly propertyName?: string;
  readonly active?: boolean;
}

/** The two forms of events: with a subscription type for the object type, or `object.*` with its id. */
export type EventFormat = 'classic' | 'generic';

/** A subscription as events are matched with it. */
export interface ReadSubscription {
  readonly id: number;
  readonly subscriptionType: string;
  readonly format: EventFormat;
  readonly event: WebhookEventName;
  readonly type: ObjectType;
  readonly propertyName: string | undefined;
}

/** Ids of subscriptions are of this size (observed). */
const firstId = 4_500_001;

interface Known extends Pick<ReadSubscription, 'format' | 'event'> {
  readonly type?: ObjectType;
}

const hasPrivacy = (type: ObjectType): boolean => objectTypeFacts[type].erasable;
const classic: readonly [string, Known][] = classicTypes.flatMap((type) =>
  webhookEvents
    .filter((event) => event !== 'privacyDeletion' || hasPrivacy(type))
    .map((event): [string, Known] => [
      `${objectTypeFacts[type].singular}.${event}`,
      { format: 'classic', event, type },
    ]),
);
const generic: readonly [string, Known][] = webhookEvents
  .filter((event) => event !== 'privacyDeletion')
  .map((event) => [`object.${event}`, { format: 'generic', event }]);
const known: ReadonlyMap<string, Known> = new Map([...classic, ...generic]);

/** Reads what is subscribed to, inactive ones left out. @throws Error at a type HubSpot or the simulator does not know. */
export function readSubscriptions(subscriptions: readonly WebhookSubscription[]): readonly ReadSubscription[] {
  return subscriptions.flatMap(({ subscriptionType, objectType = '', propertyName, active = true }, index) => {
    const found = known.get(subscriptionType);
    const type = found?.type ?? objectTypeNamed(objectType);
    if (!found || !type) throw new Error(`Nobody can subscribe to ${subscriptionType} ${objectType}`.trimEnd());
    const { format, event } = found;
    return active ? [{ id: firstId + index, subscriptionType, format, event, type, propertyName }] : [];
  });
}

/** What to subscribe to, by object type: the properties whose changes matter, or all of them. */
export type WatchedProperties = Readonly<Partial<Record<ObjectType, readonly string[] | 'all'>>>;

/** Subscriptions to everything that happens to these object types; classic ones where HubSpot has them, unless generic is asked for. */
export function subscriptionsTo(watched: WatchedProperties, format: EventFormat = 'classic'): WebhookSubscription[] {
  return objectTypes.flatMap((type) => {
    const properties = watched[type];
    if (properties === undefined) return [];
    const { singular, mergeable } = objectTypeFacts[type];
    const isClassic = format === 'classic' && classicTypes.includes(type);
    const told = webhookEvents.filter(
      (event) => (event !== 'merge' || mergeable) && (event !== 'privacyDeletion' || hasPrivacy(type)),
    );
    return told.flatMap((event) => {
      const ownForm = isClassic || event === 'privacyDeletion';
      const subscription = ownForm
        ? { subscriptionType: `${singular}.${event}` }
        : { subscriptionType: `object.${event}`, objectType: singular };
      if (event !== 'propertyChange' || properties === 'all') return [subscription];
      return properties.map((propertyName) => ({ ...subscription, propertyName }));
    });
  });
}
