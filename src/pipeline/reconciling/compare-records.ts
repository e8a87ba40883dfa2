import type { CxRecord, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { RecordsRead } from '../ports.ts';
import { sameContent, sameLinks, sameOutputs } from '../sync/comparison.ts';
import { withKnownHistories } from '../sync/stage-history.ts';
import type { Syncing } from '../sync/syncing.ts';
import { withLinks } from '../sync/with-links.ts';

/** HubSpot has it and we do not, we have it and HubSpot does not, or what we read of it differs. */
export type Difference = 'missing' | 'extra' | 'different';

/** What comparing some records showed. */
export interface Compared {
  /** Those that could be compared: what is too young or unreadable is left out. */
  readonly checked: ReadonlySet<RecordId>;
  readonly differences: ReadonlyMap<RecordId, Difference>;
  /** The records as HubSpot has them, links included. */
  readonly live: ReadonlyMap<RecordId, CxRecord>;
}

/**
 * Compares records HubSpot shows, and those named that we keep, with what is stored: fields, links and our own properties.
 * Records modified later than `before` are left out, since it is not their turn yet.
 */
export async function compareRecords(
  syncing: Syncing,
  kind: RecordKind,
  {
    kept,
    shown,
    before,
  }: { readonly kept: readonly RecordId[]; readonly shown: RecordsRead; readonly before: Instant },
): Promise<Compared> {
  const rows = shown.records.filter(({ modifiedAt }) => modifiedAt <= before);
  const stored = await syncing.store.readRecords(kind, [...new Set([...kept, ...rows.map(({ id }) => id)])]);
  const live = await linked(syncing, await withKnownHistories(syncing, rows, stored), stored);
  const there = new Set([...shown.records, ...shown.unreadable].map(({ id }) => id));

  const differences = new Map<RecordId, Difference>();
  for (const [id, record] of live) {
    const known = stored.get(id);
    if (!known) differences.set(id, 'missing');
    else if (!isAlike(syncing, known, record)) differences.set(id, 'different');
  }
  for (const id of kept) if (stored.has(id) && !there.has(id)) differences.set(id, 'extra');
  return { checked: new Set([...live.keys(), ...differences.keys()]), differences, live };
}

/** Whether what we keep of a record is what HubSpot has. */
export const isAlike = ({ crm }: Pick<Syncing, 'crm'>, known: CxRecord, live: CxRecord): boolean =>
  sameContent(known, live) && sameLinks(known, live) && sameOutputs(crm, known, live);

async function linked(
  syncing: Syncing,
  rows: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
): Promise<Map<RecordId, CxRecord>> {
  const { linksPerCall } = syncing.crm;
  const found = new Map<RecordId, CxRecord>();
  for (let from = 0; from < rows.length; from += linksPerCall)
    for (const [id, record] of (await withLinks(syncing, rows.slice(from, from + linksPerCall), stored)).records)
      found.set(id, record);
  return found;
}
