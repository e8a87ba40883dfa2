import { recordKinds } from '../../domain/records/record.ts';
import { applyRecords } from './apply-records.ts';
import { clearDue, dueOf } from './due.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { orRefused } from './refused.ts';
import { isOver, type Syncing } from './syncing.ts';

/**
 * Reads the records that were noted, as HubSpot's own table has them now, links included. Those that are not there are
 * left to whoever looks for what departed. True when nothing is left.
 */
export async function readDue(syncing: Syncing): Promise<boolean> {
  const { store, crm } = syncing;
  // Two rounds: what is read may note others, once: a record that came back, and those that name it.
  for (const _ of ['noted', 'noted while reading']) {
    let noted = 0;
    for (const kind of recordKinds) {
      const due = await dueOf(store, kind);
      noted += due.length;
      for (let from = 0; from < due.length; from += crm.linksPerCall) {
        if (isOver(syncing)) return false;
        const ids = due.slice(from, from + crm.linksPerCall);
        const read = await orRefused([403], crm.recordsOf(kind, ids), null);
        // They stay noted until HubSpot gives the kind again.
        if (read === null) break;
        const { records, unreadable } = read;
        await holdUnreadable(syncing, unreadable);
        await applyRecords(syncing, records, { relink: true, refile: true });
        await release(syncing, kind, records);
        await clearDue(store, kind, ids);
      }
    }
    if (noted === 0) return true;
  }
  return true;
}
