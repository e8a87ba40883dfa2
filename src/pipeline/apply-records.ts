import { bucketsDirtiedBy } from '../domain/metrics/day-buckets.ts';
import type { CxRecord, Links, RecordId, RecordKind } from '../domain/records/record.ts';
import type { Zone } from '../domain/time/zone.ts';
import { customersOf, placesOf } from './places.ts';
import type { CustomerKey, Place, Store } from './ports.ts';

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
 * The one way in: whichever door records came through, they end here. Records are of one kind.
 * The order makes a crash at any point harmless: marks first, filings second, the record itself last. Until the record
 * is saved the same change is found and applied again.
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

  await markChanged(store, zone, complete, stored);
  await markCustomers(store, touched.flatMap(customersOf));
  const stale = await file(store, zone, complete, stored);
  await store.saveRecords([...complete, ...touched]);
  await store.unfileFacts(stale);

  return {
    changed: complete.length,
    outputsOnly: touched.length,
    unchanged: pulled.length - complete.length - touched.length,
  };
}

async function markChanged(
  store: Store,
  zone: Zone,
  records: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
): Promise<void> {
  const versions = records.flatMap((record) =>
    [record, stored.get(record.id)].filter((version) => version !== undefined),
  );
  await store.markDays(versions.flatMap((version) => bucketsDirtiedBy(version, zone.dayOf)));
  await markCustomers(store, versions.flatMap(customersOf));
}

/** Beyond this many, everybody is scored again: cheaper than as many marks, and never too few. */
const manyCustomers = 500;

const markCustomers = (store: Store, keys: readonly CustomerKey[]): Promise<void> =>
  store.markCustomers(keys.length > manyCustomers ? 'all' : keys);

/** Files the records where they belong now; answers where they were before and no longer belong. */
async function file(
  store: Store,
  zone: Zone,
  records: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
): Promise<{ place: Place; fact: CxRecord }[]> {
  const filings: { place: Place; fact: CxRecord }[] = [];
  const stale: { place: Place; fact: CxRecord }[] = [];
  for (const record of records) {
    const places = placesOf(record, zone);
    for (const place of places) filings.push({ place, fact: record });
    const known = stored.get(record.id);
    if (!known) continue;
    const current = new Set(places.map((place) => JSON.stringify(place)));
    for (const place of placesOf(known, zone))
      if (!current.has(JSON.stringify(place))) stale.push({ place, fact: record });
  }
  await store.fileFacts(filings);
  return stale;
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
