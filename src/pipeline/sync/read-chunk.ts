import type { CxRecord, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Crm, ModifiedWindow, RecordPage, UnreadableRow } from '../ports.ts';

/** Pages of the search after an id, until there are as many records as one call reads the links of; a crash reads them again. */
export async function readChunk(
  crm: Crm,
  kind: RecordKind,
  after: RecordId | null,
  modified?: ModifiedWindow,
): Promise<RecordPage> {
  const records: CxRecord[] = [];
  const unreadable: UnreadableRow[] = [];
  let next = after;
  let remaining: number | null = null;
  do {
    const page = await crm.recordsAfter(kind, next, modified);
    records.push(...page.records);
    unreadable.push(...page.unreadable);
    next = page.next;
    remaining = page.remaining;
  } while (next !== null && records.length + unreadable.length < crm.linksPerCall);
  return { records, unreadable, next, remaining };
}
