import type { CxRecord, Links, RecordId, RecordKind } from '../domain/records/record.ts';
import type { Zone } from '../domain/time/zone.ts';
import { commitRecords } from './commit-records.ts';
import type { Store } from './ports.ts';

/** What applying a batch came to. */
export interface Applied {
  /** New, or different in something we read. */
  readonly changed: number;
  /** Only our own properties differ from what we knew. */
  readonly outputsOnly: number;
  /** Seen again without any difference: re-read overlaps, other properties, and our own writes coming back. */
  readonly unchanged: number;
}

type LinksOf = (kind: RecordKind, ids: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, Links>>;

/**
 * The one way in: whichever door records came through, they end here. Records are of one kind, each once. What differs
 * from what is stored is committed; older versions than the stored ones are left out.
 */
export async function applyRecords(
  store: Store,
  zone: Zone,
  pulled: readonly CxRecord[],
  linksOf: LinksOf,
): Promise<Applied> {
  const [first] = pulled;
  if (!first) return { changed: 0, outputsOnly: 0, unchanged: 0 };
  const stored = await store.readRecords(
    first.kind,
    pulled.map((record) => record.id),
  );

  const fresh: CxRecord[] = [];
  const touched: CxRecord[] = [];
  for (const record of pulled) {
    const known = stored.get(record.id);
    if (known && known.modifiedAt > record.modifiedAt) continue;
    if (!known || !same(known.fields, record.fields)) fresh.push(record);
    else if (!same(sorted(known.outputs), sorted(record.outputs))) touched.push({ ...record, links: known.links });
  }

  const links =
    fresh.length > 0
      ? await linksOf(
          first.kind,
          fresh.map((record) => record.id),
        )
      : new Map();
  const complete = fresh.map((record) => ({ ...record, links: union(record.links, links.get(record.id) ?? {}) }));

  await commitRecords(store, zone, first.kind, [...complete, ...touched], stored);
  return {
    changed: complete.length,
    outputsOnly: touched.length,
    unchanged: pulled.length - complete.length - touched.length,
  };
}

// Both sides are built from the same table in the same order, so their JSON is comparable.
const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const sorted = (outputs: CxRecord['outputs']) => Object.entries(outputs).sort(([a], [b]) => (a < b ? -1 : 1));

function union(a: Links, b: Links): Links {
  const merged: Partial<Record<RecordKind, readonly RecordId[]>> = { ...a };
  for (const [kind, ids] of Object.entries(b) as [RecordKind, readonly RecordId[]][])
    merged[kind] = [...new Set([...(merged[kind] ?? []), ...ids])];
  return merged;
}
