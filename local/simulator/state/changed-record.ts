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
/** A change HubSpot computed. */
export const calculated: ChangeSource = { sourceType: 'CALCULATED' };

/** When and by whom a record was changed; `at` is ISO 8601 UTC. */
export interface ChangeMoment {
  readonly at: string;
  readonly source: ChangeSource;
  /** False leaves the modified dates where they were. */
  readonly modifies?: boolean;
}

/**
 * The record after a change: values set, history extended, modified dates moved. Whether HubSpot moves the modified date
 * when no value differs is not documented; here it does, which is harder on a client.
 */
export function changedRecord(
  type: ObjectType,
  record: PortalRecord,
  changes: Readonly<Record<string, string | null>>,
  { at, source, modifies = true }: ChangeMoment,
): PortalRecord {
  const properties: Record<string, string | null> = { ...record.properties, ...changes };
  const history: Record<string, readonly PropertyVersion[]> = { ...record.propertiesWithHistory };
  for (const [name, value] of Object.entries(changes)) {
    history[name] = [{ value: value ?? '', timestamp: at, ...source }, ...historyOf(type, record, name)];
  }
  const propertiesWithHistory = Object.keys(history).length > 0 && { propertiesWithHistory: history };
  if (!modifies) return { ...record, properties, ...propertiesWithHistory };
  for (const [name, from] of Object.entries(objectTypeFacts[type].derived)) {
    if (from === 'updatedAt' && properties[name] !== undefined && !(name in changes)) properties[name] = at;
  }
  return { ...record, properties, ...propertiesWithHistory, updatedAt: at };
}

/** A record as it is created: every value has one version. */
export function createdRecord(
  id: string,
  properties: Readonly<Record<string, string | null>>,
  { at, source }: ChangeMoment,
): PortalRecord {
  const set = Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== null);
  return {
    id,
    properties,
    propertiesWithHistory: Object.fromEntries(
      set.map(([name, value]) => [name, [{ value, timestamp: at, ...source }]]),
    ),
    createdAt: at,
    updatedAt: at,
    archived: false,
  };
}
