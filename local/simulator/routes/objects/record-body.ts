import type { ObjectType, PortalRecord } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import type { Surroundings } from '../../http/route.ts';
import { historyOf, propertyValue } from '../../state/record-values.ts';
import { associationsBody } from './inline-associations.ts';

/** What of a record to send. */
export interface Selection {
  readonly properties: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly associations?: readonly ObjectType[];
}

/** Turns records into HubSpot's JSON; names are looked up once, not per record. */
export function recordWriter(
  surroundings: Surroundings,
  type: ObjectType,
  { properties, propertiesWithHistory = [], associations = [] }: Selection,
): (record: PortalRecord) => Record<string, unknown> {
  const { portal } = surroundings;
  const names = propertyNames(surroundings, type, [...properties, ...propertiesWithHistory]);
  const withHistory = defined(surroundings, type, propertiesWithHistory);
  const url = `https://app.hubspot.com/contacts/${portal.definition.account.portalId}/record/${objectTypeFacts[type].typeId}`;
  return (record) => ({
    id: record.id,
    properties: Object.fromEntries(names.map((name) => [name, propertyValue(type, record, name)])),
    ...(withHistory.length > 0 && {
      propertiesWithHistory: Object.fromEntries(withHistory.map((name) => [name, historyOf(type, record, name)])),
    }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archived,
    ...(record.archivedAt !== undefined && { archivedAt: record.archivedAt }),
    url: `${url}/${record.id}`,
    ...(associations.length > 0 && associationsBody(surroundings, type, record.id, associations)),
  });
}

/**
 * The properties an answer carries: the defaults when none are asked for, otherwise those asked for and defined, with the
 * id and both dates. Names that are not defined are left out without a word (observed).
 */
function propertyNames(surroundings: Surroundings, type: ObjectType, asked: readonly string[]): string[] {
  const { defaults, created, modified } = objectTypeFacts[type];
  if (asked.length === 0) return [...defaults];
  return [...new Set([...defined(surroundings, type, asked), created, modified, 'hs_object_id'])];
}

function defined({ portal }: Surroundings, type: ObjectType, names: readonly string[]): string[] {
  return names.filter((name) => portal.properties[type].find(name));
}
