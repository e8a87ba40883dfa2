import { type RecordKind, recordKinds } from '../../domain/records/record.ts';
import { applyRecords } from './apply-records.ts';
import { dueList } from './due.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { orRefused } from './refused.ts';
import { isOver, type Syncing } from './syncing.ts';
import { together } from './together.ts';

/**
 * Reads the records that were noted, as HubSpot's own table has them now, links included. Those that are not there are
 * left to whoever looks for what departed; those of a kind that HubSpot does not give stay noted. False where time ran out.
 */
export async function readDue(syncing: Syncing): Promise<boolean> {
  // Twice: a record that came back is noted while it is read, and so are those that name it.
  for (const _ of ['noted', 'noted while reading']) {
    const read = await together(recordKinds.map((kind) => readDueOf(syncing, kind)));
    if (read.includes(false)) return false;
  }
  return true;
}

async function readDueOf(syncing: Syncing, kind: RecordKind): Promise<boolean> {
  const { store, crm } = syncing;
  for (;;) {
    const noted = await store.notedIds(dueList(kind), crm.linksPerCall);
    if (noted.length === 0) return true;
    if (isOver(syncing)) return false;
    const ids = noted.map(({ target }) => target);
    const read = await orRefused([403], crm.recordsOf(kind, ids), null);
    if (read === null) return true;
    await holdUnreadable(syncing, read.unreadable);
    await applyRecords(syncing, read.records, { relink: true, refile: true });
    await release(syncing, kind, read.records);
    await store.dropIds(dueList(kind), noted);
  }
}
