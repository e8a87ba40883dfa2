import { type CxRecord, compareIds, type RecordId, type RecordKind } from '../../domain/records/record.ts';
import type { IdRange, QuarantinedRecord, UnreadableRow } from '../ports.ts';
import type { Syncing } from './syncing.ts';

/** Keeps account of records that could not be read; what was last read of them stays. */
export async function holdUnreadable({ store, clock }: Syncing, rows: readonly UnreadableRow[]): Promise<void> {
  if (rows.length > 0) await store.quarantine(rows.map((row) => ({ ...row, since: clock.now() })));
}

/** Ids of a kind in quarantine within a range; what has no readable id cannot be looked for. */
export async function heldIds({ store }: Syncing, kind: RecordKind, { after, upTo }: IdRange): Promise<RecordId[]> {
  const isWithin = (id: RecordId): boolean =>
    /^\d+$/.test(id) && (after === null || compareIds(id, after) > 0) && (upTo === null || compareIds(id, upTo) <= 0);
  const held = await Array.fromAsync(store.quarantined(kind), ({ id }) => id);
  return held.filter(isWithin);
}

const linksUnreadable = 'HubSpot’s answer about what it is associated with cannot be read';

/** Keeps account of records that are kept without knowing all their links. */
export const holdUnlinked = (syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<void> =>
  holdUnreadable(
    syncing,
    ids.map((id) => ({ kind, id, because: linksUnreadable })),
  );

/** Ends the quarantine of records that could be read, save for their links. */
export const release = (syncing: Syncing, kind: RecordKind, read: readonly CxRecord[]): Promise<void> =>
  releaseIf(syncing, kind, read, ({ because }) => because !== linksUnreadable);

/** Ends the quarantine of records whose links could be read. */
export const releaseLinked = (syncing: Syncing, kind: RecordKind, linked: readonly CxRecord[]): Promise<void> =>
  releaseIf(syncing, kind, linked, ({ because }) => because === linksUnreadable);

async function releaseIf(
  { store }: Syncing,
  kind: RecordKind,
  read: readonly CxRecord[],
  ends: (held: QuarantinedRecord) => boolean,
): Promise<void> {
  if (read.length === 0) return;
  const held = (await Array.fromAsync(store.quarantined(kind))).filter(ends);
  if (held.length === 0) return;
  const readable = new Set(read.map(({ id }) => id));
  await store.releaseFromQuarantine(
    kind,
    held.flatMap(({ id }) => (readable.has(id) ? [id] : [])),
  );
}
