import type { ObjectType, PropertyDefinition } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import { classicTypes } from '../facts/webhooks.ts';
import { jsonInteger } from '../http/json-integer.ts';
import { type ChangeSource, changedInHubSpot } from '../state/changed-record.ts';
import type { PortalChange } from '../state/portal-change.ts';
import { type Happening, happeningsOf } from './happenings.ts';
import type { ReadSubscription } from './subscriptions.ts';

/** An event as it is sent: HubSpot's own fields, ids as JSON numbers of any length. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

/** How moments travel as property values: not documented. HubSpot's older APIs speak of milliseconds. */
export type MomentNotation = 'milliseconds' | 'ISO 8601';

/** What events say besides what happened. */
export interface EventContext {
  readonly portalId: number;
  readonly appId: string;
  /** The person behind what is changed by hand. */
  readonly userId: number;
  readonly subscriptions: readonly ReadSubscription[];
  readonly moments: MomentNotation;
  readonly valuesAtCreation: boolean;
  /** What the account says of a property. */
  readonly property: (type: ObjectType, name: string) => Pick<PropertyDefinition, 'type'> | undefined;
}

/** The events of a change, one for each subscription that asks for it, still without an `eventId`; `now` in milliseconds. */
export function eventsOf(change: PortalChange, context: EventContext, now: number): readonly WebhookEvent[] {
  const { at, source = changedInHubSpot } = change.by ?? {};
  const occurredAt = at === undefined ? now : Date.parse(at);
  return happeningsOf(change, context).flatMap((happening) =>
    context.subscriptions
      .filter((subscription) => asksFor(subscription, happening))
      .map(({ id, subscriptionType, format }) => ({
        eventId: 0,
        subscriptionId: id,
        portalId: context.portalId,
        appId: jsonInteger(context.appId),
        occurredAt,
        subscriptionType,
        attemptNumber: 0,
        ...(format === 'classic' ? classicFields(happening, context) : genericFields(happening, context)),
        ...sourceFields(source, context.userId),
      })),
  );
}

function asksFor({ event, type, format, propertyName }: ReadSubscription, happening: Happening): boolean {
  if (event !== happening.event || type !== happening.type) return false;
  if (happening.event === 'propertyChange') return propertyName === undefined || propertyName === happening.name;
  if (happening.event === 'associationChange') return format === 'generic' || classicTypes.includes(happening.to.type);
  return true;
}

/** `changeFlag` stands on creations and deletions; its words were observed, not documented. */
const changeFlags: Readonly<Partial<Record<Happening['event'], string>>> = { creation: 'CREATED', deletion: 'DELETED' };

function classicFields(happening: Happening, { property, moments }: EventContext): WebhookEvent {
  if (happening.event === 'associationChange') {
    const { id, type, to } = happening;
    return { associationType: `${ofType(type)}_TO_${ofType(to.type)}`, ...endsOf(id, happening) };
  }
  const objectId = jsonInteger(happening.id);
  if (happening.event === 'propertyChange') {
    const { type, name, value } = happening;
    const told = moments === 'milliseconds' ? inMilliseconds(value, property(type, name)?.type) : value;
    return { objectId, propertyName: name, propertyValue: told };
  }
  if (happening.event === 'merge') {
    const { id, primaryId, mergedIds, valuesMoved } = happening;
    return {
      objectId,
      primaryObjectId: jsonInteger(primaryId),
      mergedObjectIds: mergedIds.map(jsonInteger),
      newObjectId: jsonInteger(id),
      numberOfPropertiesMoved: valuesMoved,
    };
  }
  const changeFlag = changeFlags[happening.event];
  return { objectId, ...(changeFlag !== undefined && { changeFlag }) };
}

function genericFields(happening: Happening, context: EventContext): WebhookEvent {
  const { typeId } = objectTypeFacts[happening.type];
  if (happening.event === 'associationChange') {
    const { id, to, as } = happening;
    return {
      fromObjectTypeId: typeId,
      toObjectTypeId: objectTypeFacts[to.type].typeId,
      associationCategory: as.category,
      associationTypeId: as.typeId,
      ...endsOf(id, happening),
    };
  }
  const isSensitive = happening.event === 'propertyChange' && { isSensitive: false };
  return { objectTypeId: typeId, ...classicFields(happening, context), ...isSensitive };
}

function endsOf(id: string, { to, as, removed }: Extract<Happening, { event: 'associationChange' }>): WebhookEvent {
  return {
    fromObjectId: jsonInteger(id),
    toObjectId: jsonInteger(to.id),
    associationRemoved: removed,
    isPrimaryAssociation: as.category === 'HUBSPOT_DEFINED' && as.label === 'Primary',
  };
}

const ofType = (type: ObjectType): string => objectTypeFacts[type].singular.toUpperCase();

/** `sourceId` is the app of an integration, the user of a person (observed). */
function sourceFields({ sourceType, sourceId }: ChangeSource, userId: number): WebhookEvent {
  const id = sourceId ?? (sourceType === changedInHubSpot.sourceType ? `userId:${userId}` : undefined);
  return { changeSource: sourceType, ...(id !== undefined && { sourceId: id }) };
}

function inMilliseconds(value: string, type: PropertyDefinition['type'] | undefined): string {
  if ((type !== 'date' && type !== 'datetime') || !/^\d{4}-\d{2}-\d{2}/.test(value)) return value;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? value : String(moment);
}
