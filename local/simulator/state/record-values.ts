import type { ObjectType, PortalRecord, PropertyVersion } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';

/** A record's current value of a property; null when unset. Ids and system dates come from the record itself. */
export function propertyValue(type: ObjectType, record: PortalRecord, name: string): string | null {
  const own = record.properties[name];
  if (own !== undefined && own !== null) return own;
  const source = objectTypeFacts[type].derived[name];
  return source === undefined ? (own ?? null) : record[source];
}

/** When the record last changed, in milliseconds: the value incremental searches compare with. */
export function modifiedAt(type: ObjectType, record: PortalRecord): number {
  return Date.parse(propertyValue(type, record, objectTypeFacts[type].modified) ?? record.updatedAt);
}

/** A property's versions, newest first. A value without recorded history counts as imported with the record. */
export function historyOf(type: ObjectType, record: PortalRecord, name: string): readonly PropertyVersion[] {
  const recorded = record.propertiesWithHistory?.[name];
  if (recorded) return recorded;
  const value = propertyValue(type, record, name);
  return value === null ? [] : [{ value, timestamp: record.createdAt, sourceType: 'IMPORT' }];
}

/** Ids of the records that were merged into this one, however many merges ago. */
export function absorbedIds({ properties }: PortalRecord): readonly string[] {
  return properties.hs_merged_object_ids?.split(';').filter(Boolean) ?? [];
}
