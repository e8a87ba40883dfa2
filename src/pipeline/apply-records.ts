import type { CxRecord, Links, RecordId, RecordKind } from '../domain/records/record.ts';
import type { Zone } from '../domain/time/zone.ts';
import { commitRecords } from './commit-records.ts';
import type { Crm, Store } from './ports.ts';

/** What applying a batch came to. */
export interface Applied {
  /** New, or different in something we read. */
  readonly changed: number;
  /** Only our own properties differ from what we knew. */
  readonly outputsOnly: number;
  /** Seen again without any difference: re-read overlaps, other properties, and our own writes coming back. */
  readonly unchanged: number;
}

type LinksOf = Crm['linksOf'];

/**
 * The one way in: whichever door records came through, they end here. Records are of one kind, each once. What differs
 * from what is stored is committed; older versions than the stored ones are left out. Links are read of what differs, and
 * with `relink` of every record: a change of links alone moves no modified date.
 */
export async function applyRecords(
  store: Store,
  zone: Zone,
  pulled: readonly CxRecord[],
  { linksOf, sameOutput }: Pick<Crm, 'linksOf' | 'sameOutput'>,
  { relink }: { readonly relink: boolean },
): Promise<Applied> {
  const [first] = pulled;
  if (!first) return { changed: 0, outputsOnly: 0, unchanged: 0 };
  const stored = await store.readRecords(
    first.kind,
    pulled.map((record) => record.id),
  );

  const current = pulled.filter((record) => (stored.get(record.id)?.modifiedAt ?? 0) <= record.modifiedAt);
  const holdsTheSame = (a: CxRecord['outputs'], b: CxRecord['outputs']): boolean =>
    Object.keys({ ...a, ...b }).every((name) => sameOutput(name, a[name] ?? '', b[name] ?? ''));
  const changed = (record: CxRecord): boolean => !same(stored.get(record.id)?.fields ?? {}, record.fields);
  const linked = await withLinks(relink ? current : current.filter(changed), linksOf);

  const complete: CxRecord[] = [];
  const touched: CxRecord[] = [];
  for (const record of current) {
    const known = stored.get(record.id);
    const whole = linked.get(record.id) ?? { ...record, links: known?.links ?? record.links };
    if (!known || changed(whole) || !same(ordered(known.links), ordered(whole.links))) complete.push(whole);
    else if (!holdsTheSame(known.outputs, record.outputs)) touched.push(whole);
  }

  await commitRecords(store, zone, first.kind, [...complete, ...touched], stored);
  return {
    changed: complete.length,
    outputsOnly: touched.length,
    unchanged: pulled.length - complete.length - touched.length,
  };
}

// Both sides are built from the same table in the same order, so their JSON is comparable.
const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const ordered = (links: Links) => Object.entries(links).sort(([a], [b]) => (a < b ? -1 : 1));

/** Records with their links: those HubSpot associates, and those they name themselves. */
async function withLinks(records: readonly CxRecord[], linksOf: LinksOf): Promise<Map<RecordId, CxRecord>> {
  const [first] = records;
  if (!first) return new Map();
  const links = await linksOf(
    first.kind,
    records.map(({ id }) => id),
  );
  return new Map(
    records.map((record) => [record.id, { ...record, links: union(record.links, links.get(record.id) ?? {}) }]),
  );
}

function union(a: Links, b: Links): Links {
  const merged: Partial<Record<RecordKind, readonly RecordId[]>> = { ...a };
  for (const [kind, ids] of Object.entries(b) as [RecordKind, readonly RecordId[]][])
    merged[kind] = [...new Set([...(merged[kind] ?? []), ...ids])];
  return merged;
}
