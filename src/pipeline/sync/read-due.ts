import { type RecordId, type RecordKind, recordKinds } from '../../domain/records/record.ts';
import { applyRecords } from './apply-records.ts';
import { dueList, type Extent, extents, type Noted } from './due.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { orRefused } from './refused.ts';
import { relink } from './relink.ts';
import { archived, depart } from './settle.ts';
import { isOver, type Syncing } from './syncing.ts';
import { together } from './together.ts';

/** How much of what was noted is read: everything, or of each list what one call reads the links of. */
type Amount = 'everything' | 'one call of each';

/**
 * Reads what was noted, as HubSpot's own table has it now: records that are not there depart, those of a kind that HubSpot
 * does not give stay noted. False where time ran out.
 */
export async function readDue(syncing: Syncing, amount: Amount = 'everything'): Promise<boolean> {
  // Twice: a record that came back is noted while it is read, and so are those that name it.
  for (const _ of ['noted', 'noted while reading']) {
    const inTime = await together(
      recordKinds.map(async (kind) => {
        for (const extent of extents) if (!(await readList(syncing, kind, extent, amount))) return false;
        return true;
      }),
    );
    if (inTime.includes(false)) return false;
  }
  return true;
}

async function readList(syncing: Syncing, kind: RecordKind, extent: Extent, amount: Amount): Promise<boolean> {
  const { store, crm } = syncing;
  for (;;) {
    const marks = await store.notedIds(dueList(kind, extent), crm.linksPerCall);
    if (marks.length === 0) return true;
    if (isOver(syncing)) return false;
    if (!(await readNoted(syncing, { kind, extent, marks })) || amount !== 'everything') return true;
  }
}

/** Reads what has just been noted, at most as many of each kind as one call reads the links of; the rest stays noted. */
export async function readJustNoted(syncing: Syncing, noted: readonly Noted[]): Promise<void> {
  await together(
    [...Map.groupBy(noted, ({ kind }) => kind)].map(async ([kind, ofKind]) => {
      for (const extent of extents) {
        const those = ofKind.filter((each) => each.extent === extent).flatMap(({ marks }) => marks);
        // Of an id that was noted more than once the last mark is the one that stands.
        const marks = [...new Map(those.map((mark) => [mark.target, mark])).values()];
        if (marks.length > 0)
          await readNoted(syncing, { kind, extent, marks: marks.slice(0, syncing.crm.linksPerCall) });
      }
    }),
  );
}

/** False where HubSpot does not give them. */
async function readNoted(syncing: Syncing, { kind, extent, marks }: Noted): Promise<boolean> {
  const ids = marks.map(({ target }) => target);
  const isRead = await readers[extent](syncing, kind, ids);
  if (isRead) await syncing.store.dropIds(dueList(kind, extent), marks);
  return isRead;
}

/** Reads records again; false where HubSpot does not give them. */
type Reader = (syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]) => Promise<boolean>;

const readWhole: Reader = async (syncing, kind, ids) => {
  if (ids.length === 0) return true;
  const { crm, clock } = syncing;
  const readAt = clock.now();
  const [read, links] = await Promise.all([orRefused([403], crm.recordsOf(kind, ids), null), crm.linksOf(kind, ids)]);
  if (read === null) return false;
  const { records, unreadable } = read;
  await holdUnreadable(syncing, unreadable);
  await applyRecords(syncing, records, { relink: true, refile: true, knownLinks: { links, readAt } });
  await release(syncing, kind, records);
  const present = new Set([...records, ...unreadable].map(({ id }) => id));
  const kept = await syncing.store.readRecords(
    kind,
    ids.filter((id) => !present.has(id)),
  );
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, [...kept.keys()], readAt));
  return true;
};

const readLinks: Reader = async (syncing, kind, ids) => readWhole(syncing, kind, await relink(syncing, kind, ids));

const readers: Readonly<Record<Extent, Reader>> = { whole: readWhole, links: readLinks };
