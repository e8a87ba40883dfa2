import { StoreConflictError } from '#platform/errors.ts';
import type { CxRecord, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Standings } from '../ports.ts';
import { commitRecords, idOf } from './commit-records.ts';
import { same, sameContent, sameLinks, sameOutputs } from './comparison.ts';
import { noteDue } from './due.ts';
import { isEcho, withOurWrite } from './echo.ts';
import { holdUnlinked, releaseLinked } from './quarantine.ts';
import { depart, mergedInto, readmit } from './settle.ts';
import { noteDueHistories, withKnownHistories } from './stage-history.ts';
import type { Syncing } from './syncing.ts';
import { sameTold, withTold } from './told.ts';
import { type KnownLinks, withLinks, withLinksOf } from './with-links.ts';

/** What applying a batch came to. */
export interface Applied {
  /** New, or different in something we read. */
  readonly changed: number;
  /** Only our own properties differ from what we knew. */
  readonly outputsOnly: number;
  /** Seen again without any difference: re-read overlaps, other properties, our own writes coming back, and what departed. */
  readonly unchanged: number;
}

/** How to apply a batch. */
export interface Applying {
  readonly relink: boolean;
  readonly refile?: boolean;
  /** The links of all of them, where they are known already. */
  readonly knownLinks?: KnownLinks;
  /** Those whose links stay as they are known, however new the record is. */
  readonly keepsLinks?: ReadonlySet<RecordId>;
}

const none: ReadonlySet<RecordId> = new Set();

type Known = ReadonlyMap<RecordId, CxRecord>;

const attempts = 5;

/**
 * The one way in: whichever door records came through, they end here. Records are of one kind, each once. Older versions
 * than the stored ones are left out, and so is what departed, unless HubSpot itself has it back. Links are read of what is
 * newer than we knew, and with `relink` of every record: a change of links alone moves no modified date. With `refile` even
 * what did not change is filed again: beside a record that came back nothing is left. What another process stores
 * meanwhile is looked at anew. @throws StoreConflictError when it is each time.
 */
export async function applyRecords(
  syncing: Syncing,
  pulled: readonly CxRecord[],
  applying: Applying,
): Promise<Applied> {
  const [first] = pulled;
  const total = { changed: 0, outputsOnly: 0, unchanged: 0 };
  if (!first) return total;
  let left = pulled;
  for (let attempt = 1; ; attempt++) {
    const standings = await syncing.store.standings(first.kind, left.map(idOf));
    const { overtaken, ...applied } = await applyOnce(syncing, left, { ...applying, standings });
    total.changed += applied.changed;
    total.outputsOnly += applied.outputsOnly;
    total.unchanged += applied.unchanged;
    left = left.filter(({ id }) => overtaken.has(id));
    if (left.length === 0) return total;
    if (attempt === attempts)
      throw new StoreConflictError('Records were stored by others each time.', 'Nothing to do: it is tried again.');
  }
}

/** The same, once, for what is kept of the records; answers those that were stored differently by then, left alone. */
export async function applyOnce(
  syncing: Syncing,
  pulled: readonly CxRecord[],
  { relink, refile = false, knownLinks, keepsLinks = none, standings }: Applying & { readonly standings: Standings },
): Promise<Applied & { readonly overtaken: ReadonlySet<RecordId> }> {
  const { kind } = pulled[0] as CxRecord;
  const stored = standings.records;
  const told = await withTold(syncing, pulled.map(withOurWrite(stored)), stored);
  const historied = await withKnownHistories(syncing, told, stored);
  const present = await withoutDeparted(syncing, historied, standings);
  const gone = await departMerged(syncing, kind, present, stored);
  const current = present.filter((record) => !gone.has(record.id) && versionOf(stored, record) <= record.modifiedAt);

  const newer = current.filter((record) => !isEcho(stored, record) && isNews(stored, record));
  const asked = (relink ? current : newer).filter(({ id }) => !(keepsLinks.has(id) && stored.has(id)));
  const linked = await withLinks(syncing, asked, stored, knownLinks);
  await holdUnlinked(syncing, kind, linked.unreadable);
  const complete: CxRecord[] = [];
  const touched: CxRecord[] = [];
  const dated: CxRecord[] = [];
  const alike: CxRecord[] = [];
  for (const record of current) {
    const known = stored.get(record.id);
    const read =
      linked.records.get(record.id) ?? withLinksOf(known, { ...record, links: known?.links ?? record.links });
    const whole = known?.writtenAt === undefined ? read : { ...read, writtenAt: known.writtenAt };
    if (!known || isChanged(stored, whole) || !sameLinks(known, whole)) complete.push(whole);
    else if (!sameOutputs(syncing.crm, known, record)) touched.push(whole);
    // The date is kept, or an older row between two equal versions would be taken for news.
    else if (known.modifiedAt < record.modifiedAt || !sameTold(known, whole)) dated.push(whole);
    else alike.push(whole);
  }

  await noteDueHistories(syncing, current, stored);
  const filed = [...complete, ...touched, ...(refile ? [...dated, ...alike] : [])];
  const overtaken = await commitRecords(syncing, kind, { filed, kept: refile ? [] : dated, stored });
  const unlinked = new Set(linked.unreadable);
  const areTold = knownLinks?.readAt === null;
  await releaseLinked(syncing, kind, areTold ? [] : asked.filter(({ id }) => !unlinked.has(id)));
  const counted = (records: readonly CxRecord[]): number => records.filter(({ id }) => !overtaken.has(id)).length;
  const [changed, outputsOnly] = [counted(complete), counted(touched)];
  return { changed, outputsOnly, unchanged: pulled.length - overtaken.size - changed - outputsOnly, overtaken };
}

const versionOf = (stored: Known, { id }: CxRecord): number => stored.get(id)?.modifiedAt ?? Number.NEGATIVE_INFINITY;

const isChanged = (stored: Known, record: CxRecord): boolean => {
  const known = stored.get(record.id);
  return known === undefined || !sameContent(known, record);
};

const isNews = (stored: Known, record: CxRecord): boolean =>
  versionOf(stored, record) < record.modifiedAt || isChanged(stored, record);

/**
 * Rows of records that departed are echoes of the search index, with one exception: what was in the recycle bin may be
 * restored, and HubSpot's own table says whether it is.
 */
async function withoutDeparted(
  syncing: Syncing,
  pulled: readonly CxRecord[],
  { departures }: Standings,
): Promise<CxRecord[]> {
  const departed = pulled.flatMap(({ id }) => departures.get(id) ?? []);
  const [first] = departed;
  if (!first) return [...pulled];
  const archived = departed.flatMap(({ id, why }) => (why === 'archived' ? [id] : []));
  if (archived.length > 0) {
    const { records } = await syncing.crm.recordsOf(first.kind, archived);
    await readmit(syncing, first.kind, records.map(idOf));
  }
  return pulled.filter(({ id }) => !departures.has(id));
}

/** What was merged into these records departs before they are saved: after a crash the same rows say so again. */
async function departMerged(
  syncing: Syncing,
  kind: RecordKind,
  present: readonly CxRecord[],
  stored: Known,
): Promise<ReadonlySet<RecordId>> {
  const survivors = present.filter(
    ({ id, absorbed }) => absorbed.length > 0 && !same(stored.get(id)?.absorbed ?? [], absorbed),
  );
  const departures = mergedInto(survivors, syncing.clock.now());
  // An answer may know nobody but its ticket: nothing that is kept leads from there to it.
  if (kind === 'ticket' && survivors.length > 0)
    await noteDue(syncing, 'links', Object.fromEntries(await syncing.crm.linkedTo(kind, survivors.map(idOf))));
  await depart(syncing, kind, departures);
  return new Set(departures.map(idOf));
}
