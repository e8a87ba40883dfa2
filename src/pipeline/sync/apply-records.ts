import type { CxRecord, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import { commitRecords } from './commit-records.ts';
import { same, sameContent, sameLinks, sameOutputs } from './comparison.ts';
import { holdUnlinked, releaseLinked } from './quarantine.ts';
import { depart, mergedInto, readmit } from './settle.ts';
import { noteDueHistories, withKnownHistories } from './stage-history.ts';
import type { Syncing } from './syncing.ts';
import { withLinks } from './with-links.ts';

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
  /** The links of all of them, where they have just been read. */
  readonly links?: ReadonlyMap<RecordId, Links>;
}

type Known = ReadonlyMap<RecordId, CxRecord>;

/**
 * The one way in: whichever door records came through, they end here. Records are of one kind, each once. Older versions
 * than the stored ones are left out, and so is what departed, unless HubSpot itself has it back. Links are read of what is
 * newer than we knew, and with `relink` of every record: a change of links alone moves no modified date. With `refile` even
 * what did not change is filed again: beside a record that came back nothing is left.
 */
export async function applyRecords(
  syncing: Syncing,
  pulled: readonly CxRecord[],
  { relink, refile = false, links }: Applying,
): Promise<Applied> {
  const [first] = pulled;
  if (!first) return { changed: 0, outputsOnly: 0, unchanged: 0 };
  const { kind } = first;
  const { store, zone } = syncing;
  const stored = await store.readRecords(kind, pulled.map(idOf));
  const told = await withKnownHistories(syncing, pulled.map(withOurWrite(stored)), stored);
  const present = await withoutDeparted(syncing, told, stored);
  const gone = await departMerged(syncing, kind, present, stored);
  const current = present.filter((record) => !gone.has(record.id) && versionOf(stored, record) <= record.modifiedAt);

  const newer = current.filter((record) => !isEcho(stored, record) && isNews(stored, record));
  const asked = relink ? current : newer;
  const linked = await withLinks(syncing, asked, stored, links);
  await holdUnlinked(syncing, kind, linked.unreadable);
  const complete: CxRecord[] = [];
  const touched: CxRecord[] = [];
  const dated: CxRecord[] = [];
  const alike: CxRecord[] = [];
  for (const record of current) {
    const known = stored.get(record.id);
    const read = linked.records.get(record.id) ?? { ...record, links: known?.links ?? record.links };
    const whole = known?.writtenAt === undefined ? read : { ...read, writtenAt: known.writtenAt };
    if (!known || isChanged(stored, whole) || !sameLinks(known, whole)) complete.push(whole);
    else if (!sameOutputs(syncing.crm, known, record)) touched.push(whole);
    // The date is kept, or an older row between two equal versions would be taken for news.
    else if (known.modifiedAt < record.modifiedAt) dated.push(whole);
    else alike.push(whole);
  }

  await noteDueHistories(syncing, current, stored);
  const filed = [...complete, ...touched, ...(refile ? [...dated, ...alike] : [])];
  await store.saveRecords(dated);
  await commitRecords(store, zone, kind, filed, stored);
  const unlinked = new Set(linked.unreadable);
  await releaseLinked(
    syncing,
    kind,
    asked.filter(({ id }) => !unlinked.has(id)),
  );
  return {
    changed: complete.length,
    outputsOnly: touched.length,
    unchanged: pulled.length - complete.length - touched.length,
  };
}

const idOf = ({ id }: { readonly id: RecordId }): RecordId => id;
const versionOf = (stored: Known, { id }: CxRecord): number => stored.get(id)?.modifiedAt ?? Number.NEGATIVE_INFINITY;

const isChanged = (stored: Known, record: CxRecord): boolean => {
  const known = stored.get(record.id);
  return known === undefined || !sameContent(known, record);
};

/** A row older than our own last write says nothing of what we wrote. */
const withOurWrite =
  (stored: Known) =>
  (record: CxRecord): CxRecord => {
    const known = stored.get(record.id);
    return known?.writtenAt !== undefined && known.writtenAt > record.modifiedAt
      ? { ...record, outputs: known.outputs }
      : record;
  };

const isNews = (stored: Known, record: CxRecord): boolean =>
  versionOf(stored, record) < record.modifiedAt || isChanged(stored, record);
/** Our own last write, seen coming back: nobody else changed the record since. */
const isEcho = (stored: Known, record: CxRecord): boolean =>
  stored.get(record.id)?.writtenAt === record.modifiedAt && !isChanged(stored, record);

/**
 * Rows of records that departed are echoes of the search index, with one exception: what was in the recycle bin may be
 * restored, and HubSpot's own table says whether it is.
 */
async function withoutDeparted(syncing: Syncing, pulled: readonly CxRecord[], stored: Known): Promise<CxRecord[]> {
  const { store, crm } = syncing;
  const unknown = pulled.filter(({ id }) => !stored.has(id));
  const [first] = unknown;
  if (!first) return [...pulled];
  const { kind } = first;
  const departed = await store.departures(kind, unknown.map(idOf));
  if (departed.size === 0) return [...pulled];
  const archived = [...departed.values()].flatMap(({ id, why }) => (why === 'archived' ? [id] : []));
  if (archived.length > 0) {
    const { records } = await crm.recordsOf(kind, archived);
    await readmit(syncing, kind, records.map(idOf));
  }
  return pulled.filter(({ id }) => !departed.has(id));
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
  await depart(syncing, kind, departures);
  return new Set(departures.map(idOf));
}
