import type { ObjectType, PortalRecord, PropertyVersion } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import { compareIds } from './record-id.ts';
import { absorbedIds, historyOf, propertyValue } from './record-values.ts';

const merging = { sourceType: 'MERGE_OBJECTS' };

/**
 * The record two others become at `at` (ISO 8601 UTC): values of the primary one win where it has any, the earlier
 * creation date stays, histories are joined, and every id ever merged into it is listed (docs: merge records).
 */
export function mergedRecord(
  type: ObjectType,
  id: string,
  primary: PortalRecord,
  other: PortalRecord,
  at: string,
): PortalRecord {
  const created = objectTypeFacts[type].created;
  const createdAt = earliest(primary.createdAt, other.createdAt);
  const values: Record<string, string | null> = {};
  for (const name of new Set([...Object.keys(other.properties), ...Object.keys(primary.properties)])) {
    if (name in objectTypeFacts[type].derived) continue;
    values[name] = propertyValue(type, primary, name) || propertyValue(type, other, name);
  }
  const statesCreation = [primary, other].some(({ properties }) => properties[created]);
  if (statesCreation) {
    values[created] = earliest(...[primary, other].map((each) => propertyValue(type, each, created) ?? createdAt));
  }
  const absorbed = new Set([...absorbedIds(primary), ...absorbedIds(other), primary.id, other.id]);
  values.hs_merged_object_ids = [...absorbed].sort(compareIds).join(';');
  const known = [primary, other].flatMap((each) => Object.keys(each.propertiesWithHistory ?? {}));
  const history = [...new Set(known)].map((name) => [
    name,
    withLatest(joined(historyOf(type, primary, name), historyOf(type, other, name)), values[name] ?? '', at),
  ]);
  return {
    id,
    properties: values,
    ...(history.length > 0 && { propertiesWithHistory: Object.fromEntries(history) }),
    createdAt,
    updatedAt: at,
    archived: false,
  };
}

function joined(a: readonly PropertyVersion[], b: readonly PropertyVersion[]): PropertyVersion[] {
  return [...a, ...b].sort((one, two) => Date.parse(two.timestamp) - Date.parse(one.timestamp));
}

function withLatest(history: readonly PropertyVersion[], value: string, at: string): readonly PropertyVersion[] {
  return history[0]?.value === value ? history : [{ value, timestamp: at, ...merging }, ...history];
}

function earliest(...moments: readonly string[]): string {
  return moments.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
}
