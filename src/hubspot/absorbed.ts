import { compareIds, type RecordId, type RecordKind } from '#domain/records/record.ts';
import type { RawProperties } from './properties/mapping.ts';

/**
 * Names every record that was ever merged into one, separated by semicolons. A merge gives the result a new id
 * (https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide).
 */
const mergedIds = 'hs_merged_object_ids';

const merging: ReadonlySet<RecordKind> = new Set(['contact', 'company', 'deal', 'ticket', 'answer']);

/** What to ask of a kind to know which records it absorbed: nothing where HubSpot merges none. */
export const absorbedProperties = (kind: RecordKind): readonly string[] => (merging.has(kind) ? [mergedIds] : []);

/** Ids of the records merged into this one, ascending, each once. */
export function absorbedIn({ id, properties }: { id: RecordId; properties: RawProperties }): RecordId[] {
  const named = (properties[mergedIds] ?? '').split(';').map((part) => part.trim());
  return [...new Set(named.filter((part) => /^\d+$/.test(part) && part !== id))].sort(compareIds);
}
