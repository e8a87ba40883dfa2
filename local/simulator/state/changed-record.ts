import type { ObjectType, PortalRecord, PropertyVersion } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import { historyOf } from './record-values.ts';

/** Who changed a record, as property history states it. */
export interface ChangeSource {
  readonly sourceType: string;
  readonly sourceId?: string;
}

/** A change made by a person in HubSpot's user interface. */
export const changedInHubSpot: ChangeSource = { sourceType: 'CRM_UI' };

/**
 * The record after a write at `at` (ISO 8601 UTC): values set, history extended, modified dates moved. Whether HubSpot
 * moves the modified date when no value differs is not documented; here it does, which is harder on a client.
 */
export function changedRecord(
  type: ObjectType,
  record: PortalRecord,
  changes: Readonly<Record<string, string | null>>,
  at: string,
  source: ChangeSource,
): PortalRecord {
  const properties: Record<string, string | null> = { ...record.properties, ...changes };
  const history: Record<string, readonly PropertyVersion[]> = { ...record.propertiesWithHistory };
  for (const [name, value] of Object.entries(changes)) {
    history[name] = [{ value: value ?? '', timestamp: at, ...source }, ...historyOf(type, record, name)];
  }
  for (const [name, from] of Object.entries(objectTypeFacts[type].derived)) {
    if (from === 'updatedAt' && properties[name] !== undefined && !(name in changes)) properties[name] = at;
  }
  return { ...record, properties, propertiesWithHistory: history, updatedAt: at };
}
