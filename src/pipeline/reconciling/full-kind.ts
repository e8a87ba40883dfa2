import type { CxRecord, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { RecordPage, UnreadableRow } from '../ports.ts';
import { holdUnreadable } from '../sync/quarantine.ts';
import { isOver, type Syncing } from '../sync/syncing.ts';
import { compareRecords } from './compare-records.ts';
import { fullShare, type KindDrift, nothingCompared, type Tally, tallied } from './drift.ts';
import { mend } from './mend.ts';

/** Where comparing all records of a kind stands. */
export interface FullProgress {
  /** The last id compared. */
  readonly after: RecordId | null;
  /** Records kept, and HubSpot's count, when it began. */
  readonly kept: number;
  readonly counted: number;
  readonly tally: Tally;
}

export async function beginFull({ store, crm }: Syncing, kind: RecordKind): Promise<FullProgress> {
  const [kept, counted] = [await store.countRecords(kind), await crm.count(kind)];
  return { after: null, kept, counted, tally: nothingCompared };
}

/** Compares every record of one kind with HubSpot's list, a thousand at a time; null when the deadline came first. */
export async function compareAll(
  syncing: Syncing,
  kind: RecordKind,
  begun: FullProgress,
  { before, save }: { readonly before: Instant; readonly save: (progress: FullProgress) => Promise<void> },
): Promise<KindDrift | null> {
  let progress = begun;
  for (let last = false; !last; ) {
    if (isOver(syncing)) return null;
    const { after } = progress;
    const shown = await listChunk(syncing, kind, after);
    const kept = await syncing.store.recordIds(kind, { after, upTo: shown.next });
    await holdUnreadable(syncing, shown.unreadable);
    const { checked, differences } = await compareRecords(syncing, kind, { kept, shown, before });
    const mended = await mend(syncing, kind, [...differences.keys()], before);
    last = shown.next === null;
    progress = { ...progress, after: shown.next, tally: tallied(progress.tally, checked.size, mended) };
    if (!last) await save(progress);
    syncing.onProgress?.({ step: `reconcile ${kind}`, done: progress.tally.checked, total: progress.counted });
  }
  const { kept, counted, tally } = progress;
  return { kept, counted, ...tally, ...fullShare(tally, kept) };
}

/** Pages of the list until there are as many records as one call reads the links of. */
async function listChunk({ crm }: Syncing, kind: RecordKind, after: RecordId | null): Promise<RecordPage> {
  const records: CxRecord[] = [];
  const unreadable: UnreadableRow[] = [];
  let next = after;
  do {
    const page = await crm.listAfter(kind, next);
    records.push(...page.records);
    unreadable.push(...page.unreadable);
    next = page.next;
  } while (next !== null && records.length < crm.linksPerCall);
  return { records, unreadable, next, remaining: null };
}
