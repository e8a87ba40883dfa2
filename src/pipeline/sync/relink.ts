import { StoreConflictError } from '#platform/errors.ts';
import type { CxRecord, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import { applyOnce } from './apply-records.ts';
import { idOf } from './commit-records.ts';
import type { Syncing } from './syncing.ts';

const attempts = 5;

/**
 * Reads whom records of a kind are linked to now, and files them anew: somebody they named left, came back or goes on by
 * another id, which is no change of theirs. Answers those that have to be read whole, because they name by themselves whom
 * HubSpot links them to no more, and null where HubSpot gives no links of this kind. At most as many as one call takes.
 * @throws StoreConflictError when others store them each time.
 */
export async function relink(
  syncing: Syncing,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<readonly RecordId[] | null> {
  const { store, crm, clock } = syncing;
  const unclear: RecordId[] = [];
  let left = ids;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const readAt = clock.now();
    const [links, standings] = await Promise.all([crm.linksOf(kind, left), store.standings(kind, left)]);
    if (links.size > 0 && [...links.values()].every((each) => Object.keys(each).length === 0)) return null;
    const kept = [...standings.records.values()];
    // Kept by a version that did not keep what it read.
    unclear.push(...kept.filter(({ raw }) => raw === undefined).map(idOf));
    const rows = await Promise.all(kept.filter(({ raw }) => raw !== undefined).map((record) => crm.retold(record, {})));
    unclear.push(...rows.filter((row) => namesMore(row, links.get(row.id))).map(idOf));
    const clear = rows.filter(({ id }) => !unclear.includes(id));
    if (clear.length === 0) return unclear;
    const { overtaken } = await applyOnce(syncing, clear, {
      relink: true,
      refile: true,
      knownLinks: { links, readAt },
      standings,
    });
    left = [...overtaken];
    if (left.length === 0) return unclear;
  }
  throw new StoreConflictError('Records were stored by others each time.', 'Nothing to do: it is tried again.');
}

/** Whether a row names somebody in its own properties who is not among the links HubSpot gives of that kind. */
const namesMore = (row: CxRecord, links: Links = {}): boolean =>
  Object.entries(row.links).some(([kind, ids]) => {
    const given = links[kind as RecordKind];
    return given !== undefined && ids.some((id) => !given.includes(id));
  });
