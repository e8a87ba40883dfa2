import { type ObjectType, objectTypes, type PortalRecord, type PropertyVersion } from '../../portals/portal.ts';
import { copiesOfContacts } from '../facts/copies-of-contacts.ts';
import { daysInRecycleBin } from '../facts/limits.ts';
import { calculated, changedRecord } from './changed-record.ts';
import type { PortalRecords } from './portal-records.ts';
import { absorbedIds } from './record-values.ts';

const dayInMilliseconds = 86_400_000;

/** Deletes a record for good, archived or not. What other records repeat of a contact is blanked, and they are modified. */
export function erase(records: PortalRecords, type: ObjectType, id: string, at: string): void {
  const record = records.existing(type, id);
  records.remove(type, id, at);
  if (type !== 'contacts') return;
  const ids = new Set([id, ...absorbedIds(record)]);
  for (const { type: holder, contactId, copies } of copiesOfContacts) {
    const copied = records.of[holder].all().filter(({ properties }) => ids.has(properties[contactId] ?? ''));
    for (const each of copied) records.put(holder, blanked(holder, each, copies, at), at);
  }
}

/** Takes out what has been in the recycle bins for 90 days; answers how many records that were. */
export function purge(records: PortalRecords, at: string): number {
  const latest = Date.parse(at) - daysInRecycleBin * dayInMilliseconds;
  const due = objectTypes.flatMap((type) =>
    records.of[type]
      .ids({ archived: true })
      .values.map((id) => records.existing(type, id))
      .filter(({ archivedAt, updatedAt }) => Date.parse(archivedAt ?? updatedAt) <= latest)
      .map(({ id }) => ({ type, id })),
  );
  for (const { type, id } of due) records.remove(type, id, at);
  return due.length;
}

/** The record with these values blank, and their past gone. */
function blanked(type: ObjectType, record: PortalRecord, names: readonly string[], at: string): PortalRecord {
  const set = names.filter((name) => record.properties[name]);
  const blanks = Object.fromEntries(set.map((name) => [name, '']));
  const changed = changedRecord(type, record, blanks, { at, source: calculated });
  const history: Record<string, readonly PropertyVersion[]> = { ...changed.propertiesWithHistory };
  for (const name of set) history[name] = (history[name] ?? []).slice(0, 1);
  return { ...changed, propertiesWithHistory: history };
}
