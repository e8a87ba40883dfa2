import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { Change, ChangesRead } from '#pipeline/ports.ts';
import type { ConnectorConfig } from '#platform/config.ts';
import { linkedKinds } from '../links.ts';
import { quoteLongIntegers } from '../long-integers.ts';
import { objectTypes } from '../object-types.ts';
import { outputNames } from '../outputs.ts';
import { mappingsFor } from '../properties/mappings.ts';
import { movesOthers, namesLink } from '../properties/moves-others.ts';
import { kindNamed, kindOfTypeId } from './event-kinds.ts';

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/)]).transform(String);
const instant = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const typeId = z.string().optional();

/** What every event says (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide). */
const envelope = z.looseObject({
  subscriptionType: z.string().regex(/^\w+\.\w+$/),
  portalId: id,
  occurredAt: instant,
  appId: id.optional(),
  changeSource: z.string().optional(),
  sourceId: z.union([z.string(), z.number().transform(String)]).optional(),
  objectTypeId: typeId,
});
type Envelope = z.output<typeof envelope>;

const ofObject = z.looseObject({ objectId: id });
const ofProperty = z.looseObject({
  objectId: id,
  propertyName: z.string(),
  propertyValue: z
    .union([z.string(), z.number().transform(String), z.boolean().transform(String), z.null()])
    .optional(),
  isSensitive: z.boolean().optional(),
});
const ofMerge = z.looseObject({
  primaryObjectId: id,
  mergedObjectIds: z.array(id),
  newObjectId: id.nullish(),
});
const ofAssociation = z.looseObject({
  fromObjectId: id,
  toObjectId: id,
  associationType: z.string().optional(),
  fromObjectTypeId: typeId,
  toObjectTypeId: typeId,
  associationRemoved: z.boolean().default(false),
  isPrimaryAssociation: z.boolean().default(false),
});

/** What one event came to: what happened, or why it is none of our business. */
type Heard = Change | { readonly ignore: string };
type Told = Pick<Change, 'kind' | 'at' | 'fingerprint'>;
type Hear = (event: Envelope, told: Told, properties: ReadonlySet<string>) => Heard;

const whole =
  (what: 'created' | 'restored' | 'archived' | 'erased'): Hear =>
  (event, told) => ({ ...told, id: ofObject.parse(event).objectId, what });

/** Values that HubSpot withholds are read. */
const withheld = 'REDACTED';

const property: Hear = (event, told, properties) => {
  const { objectId, propertyName, propertyValue, isSensitive } = ofProperty.parse(event);
  const isOutput = outputNames.includes(propertyName);
  if (!isOutput && !properties.has(propertyName)) return { ignore: 'a property that is not read' };
  const isWithheld = isSensitive === true || propertyValue === withheld;
  return {
    ...told,
    id: objectId,
    what: 'property',
    property: propertyName,
    value: isWithheld ? null : (propertyValue ?? ''),
    suffices: !isWithheld && !movesOthers(told.kind, propertyName),
    namesLink: namesLink(told.kind, propertyName),
    isOutput,
    byUs: event.changeSource === 'INTEGRATION' && event.sourceId !== undefined && event.sourceId === event.appId,
  };
};

/** A merge may make a new record of them all; else the primary one stays. */
const merge: Hear = (event, told) => {
  const { primaryObjectId, mergedObjectIds, newObjectId } = ofMerge.parse(event);
  const into = newObjectId ?? primaryObjectId;
  const absorbed = [...new Set([primaryObjectId, ...mergedObjectIds])].filter((each) => each !== into);
  return { ...told, id: into, what: 'absorbed', absorbed };
};

/** Two events tell of an association, one from either side: both say the same of the side that keeps the link. */
const association: Hear = (event, told) => {
  const read = ofAssociation.parse(event);
  const [fromName, toName] = (read.associationType ?? '').split('_TO_');
  const from = kindOfTypeId(read.fromObjectTypeId) ?? kindNamed(fromName);
  const to = kindOfTypeId(read.toObjectTypeId) ?? kindNamed(toName);
  if (!from || !to) return { ignore: 'an association with a kind that is not read' };
  const what = read.associationRemoved ? 'unlinked' : 'linked';
  const side = (kind: RecordKind, one: RecordId, other: RecordKind, otherId: RecordId): Heard | null =>
    linkedKinds[kind].includes(other)
      ? { ...told, kind, id: one, what, to: other, other: otherId, isPrimary: read.isPrimaryAssociation }
      : null;
  return (
    side(from, read.fromObjectId, to, read.toObjectId) ??
    side(to, read.toObjectId, from, read.fromObjectId) ?? { ignore: 'an association that is not read' }
  );
};

const hearing: Readonly<Record<string, Hear>> = {
  creation: whole('created'),
  deletion: whole('archived'),
  restore: whole('restored'),
  privacyDeletion: whole('erased'),
  propertyChange: property,
  merge,
  associationChange: association,
};

/** What differs between two deliveries of one event; `eventId` is not unique either. */
const deliveryOnly: ReadonlySet<string> = new Set(['eventId', 'attemptNumber', 'subscriptionId']);

const fingerprintOf = (event: Readonly<Record<string, unknown>>): string => {
  const said = Object.entries(event).filter(([name]) => !deliveryOnly.has(name));
  return createHash('sha256')
    .update(JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url')
    .slice(0, 22);
};

/** Reads bodies of webhooks, which are arrays of up to 100 events in any order, for one portal under a configuration. */
export function changeReader(config: ConnectorConfig): (body: string, portalId: string) => ChangesRead {
  const mappings = mappingsFor(config);
  const properties = (kind: RecordKind): ReadonlySet<string> => new Set(mappings[kind].properties);

  const heard = (raw: unknown, portalId: string): Heard | { readonly malformed: string } => {
    const read = envelope.safeParse(raw);
    if (!read.success) return { malformed: `an event is not as documented: ${paths(read.error)}` };
    const event = read.data;
    if (event.portalId !== portalId) return { ignore: 'of another portal' };
    const [family = '', action = ''] = event.subscriptionType.split('.');
    const hear = hearing[action];
    const kind = family === 'object' ? kindOfTypeId(event.objectTypeId) : kindNamed(family);
    if (!hear) return { ignore: `${event.subscriptionType}, which is not read` };
    // Associations name both kinds themselves, in the generic form too.
    if (!kind && hear !== association) return { ignore: `${event.subscriptionType} of a kind that is not read` };
    const told: Told = { kind: kind ?? 'contact', at: event.occurredAt, fingerprint: fingerprintOf(event) };
    try {
      return hear(event, told, kind ? properties(kind) : new Set());
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      return { malformed: `${event.subscriptionType} is not as documented: ${paths(error)}` };
    }
  };

  return (body, portalId) => {
    const changes: Change[] = [];
    const ignored: Record<string, number> = {};
    const malformed: { raw: string; because: string }[] = [];
    const events = eventsIn(body);
    if (!events) malformed.push({ raw: body, because: 'the body is not a JSON array of events' });
    for (const raw of events ?? []) {
      const came = heard(raw, portalId);
      if ('malformed' in came) malformed.push({ raw: JSON.stringify(raw), because: came.malformed });
      else if ('ignore' in came) ignored[came.ignore] = (ignored[came.ignore] ?? 0) + 1;
      else changes.push(came);
    }
    return { changes, ignored, malformed };
  };
}

/** Where a value is missing or of another type; no value is quoted. */
const paths = ({ issues }: z.ZodError): string =>
  [...new Set(issues.map(({ path }) => (path.length > 0 ? path.join('.') : 'it is no object')))].join(', ');

function eventsIn(body: string): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(quoteLongIntegers(body));
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The kinds webhooks are asked for, as HubSpot's paths call them, with the properties whose changes matter. */
export const subscribedProperties = (config: ConnectorConfig): Readonly<Record<string, readonly string[]>> => {
  const mappings = mappingsFor(config);
  return Object.fromEntries(
    (Object.keys(mappings) as RecordKind[]).map((kind) => [objectTypes[kind].path, mappings[kind].properties]),
  );
};
