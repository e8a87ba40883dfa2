import { type RecordId, type RecordKind, recordKinds } from '../../domain/records/record.ts';
import { applyRecords } from './apply-records.ts';
import { dueList, type Extent, extents, type Noted } from './due.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { orRefused } from './refused.ts';
import { relink } from './relink.ts';
import { isOver, type Syncing } from './syncing.ts';
import { together } from './together.ts';

/**
 * Reads what was noted, as HubSpot's own table has it now. Records that are not there are left to whoever looks for what
 * departed; those of a kind that HubSpot does not give stay noted. False where time ran out.
 */
export async function readDue(syncing: Syncing): Promise<boolean> {
  // Twice: a record that came back is noted while it is read, and so are those that name it.
  for (const _ of ['noted', 'noted while reading']) {
    const inTime = await together(
      recordKinds.map(async (kind) => {
        for (const extent of extents) if (!(await readList(syncing, kind, extent))) return false;
        return true;
      }),
    );
    if (inTime.includes(false)) return false;
  }
  return true;
}

async function readList(syncing: Syncing, kind: RecordKind, extent: Extent): Promise<boolean> {
  const { store, crm } = syncing;
  for (;;) {
    const marks = await store.notedIds(dueList(kind, extent), crm.linksPerCall);
    if (marks.length === 0) return true;
    if (isOver(syncing)) return false;
    if (!(await readNoted(syncing, { kind, extent, marks }))) return true;
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
  const isRead = await read[extent](
    syncing,
    kind,
    marks.map(({ target }) => target),
  );
  if (isRead) await syncing.store.dropIds(dueList(kind, extent), marks);
  return isRead;
}

/** Reads records again; false where HubSpot does not give them. */
type Read = (syncing: Syncing, kind: RecordKind, ids: readonly RecordId[]) => Promise<boolean>;

const whole: Read = async (syncing, kind, ids) => {
  const { crm, clock } = syncing;
  const readAt = clock.now();
  const [read, links] = await Promise.all([orRefused([403], crm.recordsOf(kind, ids), null), crm.linksOf(kind, ids)]);
  if (read === null) return false;
  await holdUnreadable(syncing, read.unreadable);
  await applyRecords(syncing, read.records, { relink: true, refile: true, knownLinks: { links, readAt } });
  await release(syncing, kind, read.records);
  return true;
};

const links: Read = async (syncing, kind, ids) => {
  const left = await relink(syncing, kind, ids);
  return left !== null && (left.length === 0 || whole(syncing, kind, left));
};

const read: Readonly<Record<Extent, Read>> = { whole, links };
