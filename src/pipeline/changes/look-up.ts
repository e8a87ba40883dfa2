import type { CxRecord, Instant, Links, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Change, RecordsRead, Standings } from '../ports.ts';
import { applyOnce } from '../sync/apply-records.ts';
import { idOf } from '../sync/commit-records.ts';
import { holdUnreadable, release } from '../sync/quarantine.ts';
import { orRefused } from '../sync/refused.ts';
import { archived, depart, readmit } from '../sync/settle.ts';
import type { Syncing } from '../sync/syncing.ts';
import type { Plans } from './plan-changes.ts';
import { retold, toTell } from './tell.ts';

/** What HubSpot said of records that changes leave open. */
export interface Found extends RecordsRead {
  /** The records asked for. */
  readonly ids: readonly RecordId[];
  /** Those of which only the links were asked, as they were told. */
  readonly relinked: readonly CxRecord[];
  readonly links: ReadonlyMap<RecordId, Links>;
  /** Those whose links were not asked. */
  readonly keepsLinks: ReadonlySet<RecordId>;
  /** When it was asked. */
  readonly at: Instant;
}

/** Asks HubSpot for what has to be read, records and links at the same time; null where there is nothing, or it does not give them. */
export async function lookUp(
  syncing: Syncing,
  kind: RecordKind,
  plans: Plans,
  standings: Standings,
): Promise<Found | null> {
  const { crm, clock } = syncing;
  const wanted = [...plans].flatMap(([id, plan]) =>
    plan.do === 'read' ? [id, ...plan.also].map((each) => ({ id: each, relink: plan.relink })) : [],
  );
  const relinking = toTell(plans, standings, { relink: true });
  const ids = [...new Set(wanted.map(({ id }) => id))];
  const linked = new Set(
    [...wanted.filter(({ relink }) => relink), ...relinking.map(({ record }) => record)].map(idOf),
  );
  if (ids.length + linked.size === 0) return null;

  const at = clock.now();
  const [read, links, relinked] = await Promise.all([
    orRefused([403], crm.recordsOf(kind, ids), null),
    linksOf(syncing, kind, [...linked]),
    Promise.all(relinking.map(({ record, news }) => retold(syncing, record, news))),
  ]);
  const keepsLinks = new Set(ids.filter((id) => !linked.has(id)));
  return read && { ...read, ids, relinked, links, keepsLinks, at };
}

/** The links of any number of records. */
async function linksOf({ crm }: Syncing, kind: RecordKind, ids: readonly RecordId[]): Promise<Map<RecordId, Links>> {
  const links = new Map<RecordId, Links>();
  for (let from = 0; from < ids.length; from += crm.linksPerCall)
    for (const [id, each] of await crm.linksOf(kind, ids.slice(from, from + crm.linksPerCall))) links.set(id, each);
  return links;
}

/** What was found, why it was looked up, and what was kept by then. */
interface Taking {
  readonly found: Found | null;
  readonly changes: ReadonlyMap<RecordId, readonly Change[]>;
  readonly standings: Standings;
}

const none: ReadonlySet<RecordId> = new Set();

/** Takes in what was found, also that something is gone; answers who was stored differently by then. */
export async function takeIn(
  syncing: Syncing,
  kind: RecordKind,
  { found, changes, standings }: Taking,
  tally: { read: number; departed: number },
): Promise<ReadonlySet<RecordId>> {
  if (!found) return none;
  const { ids, records, unreadable, relinked, links, keepsLinks, at } = found;
  await holdUnreadable(syncing, unreadable);
  const returned = records.map(idOf).filter((id) => standings.departures.has(id));
  await readmit(syncing, kind, returned);
  const rows = [...records.filter(({ id }) => !standings.departures.has(id)), ...relinked];
  const isTold = (id: RecordId, as: Change['what']): boolean =>
    changes.get(id)?.some(({ what }) => what === as) ?? false;
  // Saved even where nothing differs: whoever just missed one that was restored sees that it is back.
  const refile = rows.some(({ id }) => isTold(id, 'restored'));
  const { overtaken } =
    rows.length === 0
      ? { overtaken: none }
      : await applyOnce(syncing, rows, {
          relink: true,
          refile,
          knownLinks: { links, readAt: at },
          keepsLinks,
          standings,
        });
  await release(syncing, kind, records);

  const present = new Set([...records, ...unreadable].map(({ id }) => id));
  const gone = ids.filter((id) => !present.has(id) && (standings.records.has(id) || isTold(id, 'archived')));
  // Wherever they went, the bin says at its next look whether they are there; if not, they are gone for good.
  await depart(syncing, kind, archived(kind, gone, at));
  tally.read += ids.length + relinked.length;
  tally.departed += gone.length;
  return overtaken;
}
