import { StoreConflictError } from '#platform/errors.ts';
import type { CxRecord, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Standings } from '../ports.ts';
import { applyOnce } from './apply-records.ts';
import type { Syncing } from './syncing.ts';

const attempts = 5;

/**
 * Reads whom records of a kind are linked to now, and files them anew: somebody they named left, came back or goes on by
 * another id, which is no change of theirs. Answers those that have to be read whole, because their links alone do not say
 * it all. At most as many as one call takes. @throws StoreConflictError when others store them each time.
 */
export async function relink(
  syncing: Syncing,
  kind: RecordKind,
  ids: readonly RecordId[],
): Promise<readonly RecordId[]> {
  const { store, crm, clock } = syncing;
  const unclear: RecordId[] = [];
  let left = ids;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const readAt = clock.now();
    const standings = await store.standings(kind, left);
    const links = await crm.linksOf(kind, left);
    const rows = await clearRows(syncing, left, standings, links);
    const isClear = new Set(rows.map(({ id }) => id));
    unclear.push(...left.filter((id) => !isClear.has(id) && !standings.departures.has(id)));
    if (rows.length === 0) return unclear;
    const applying = { relink: true, refile: true, knownLinks: { links, readAt }, standings };
    const { overtaken } = await applyOnce(syncing, rows, applying);
    left = [...overtaken];
    if (left.length === 0) return unclear;
  }
  throw new StoreConflictError('Records were stored by others each time.', 'Nothing to do: it is tried again.');
}

/**
 * The records whose links say it all, as they are kept. Not so: those that are not kept yet, or without what was read of
 * them; those whose links HubSpot does not give; and those that name somebody themselves whom HubSpot no longer links them to.
 */
async function clearRows(
  { crm }: Syncing,
  ids: readonly RecordId[],
  { records }: Standings,
  links: ReadonlyMap<RecordId, Links>,
): Promise<readonly CxRecord[]> {
  const kept = ids.flatMap((id) => records.get(id) ?? []).filter(({ raw }) => raw !== undefined);
  const rows = await Promise.all(kept.map((record) => crm.retold(record, {})));
  return rows.filter((row) => {
    const given = links.get(row.id) ?? {};
    return Object.keys(given).length > 0 && !namesMore(row, given);
  });
}

const namesMore = (row: CxRecord, given: Links): boolean =>
  Object.entries(row.links).some(([kind, ids]) => ids.some((id) => !given[kind as RecordKind]?.includes(id)));
