import { type CxRecord, type Fact, recordKinds } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { everyItem, type RawItem } from '#local/every-item.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import { placesOf } from '#pipeline/places.ts';
import { factKey } from '#store/keys.ts';
import type { TableOptions } from '#store/table.ts';
import { marks } from '../plan/values.ts';
import { expectedRecords, type Records } from './expected.ts';
import { withHistories, withoutHistory } from './with-histories.ts';

/** Where a mirror differs from its portal, each difference in words. */
export interface Findings {
  /** In the portal, and not in the mirror. */
  readonly lost: readonly string[];
  /** In the mirror, and not in the portal; also what is filed or left of records that are not there. */
  readonly phantom: readonly string[];
  /** In both, and different. */
  readonly stale: readonly string[];
}

/** An object by its values, whatever the order of its keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );

const differing = (a: CxRecord, b: CxRecord): string =>
  (['fields', 'links', 'absorbed', 'outputs', 'problems', 'modifiedAt'] as const)
    .filter((part) => canonical(a[part]) !== canonical(b[part]))
    .map((part) => `${part} ${canonical(a[part])} instead of ${canonical(b[part])}`)
    .join('; ');

function compareRecords(held: Records, expected: Records): Findings {
  const found = { lost: [] as string[], phantom: [] as string[], stale: [] as string[] };
  for (const kind of recordKinds) {
    for (const [id, record] of expected[kind]) {
      const mirror = held[kind].get(id);
      const difference = mirror && differing(mirror, record);
      if (!mirror) found.lost.push(`${kind} ${id}`);
      else if (difference) found.stale.push(`${kind} ${id}: ${difference}`);
    }
    for (const id of held[kind].keys()) if (!expected[kind].has(id)) found.phantom.push(`${kind} ${id}`);
  }
  return found;
}

/** What is filed, by where it lies in the table. */
type Filings = ReadonlyMap<string, string>;

const isFiling = ({ pk, sk }: RawItem): boolean =>
  pk.startsWith('day#') || (pk.startsWith('customers#') && /#fact#/.test(sk));
const content = ({ kind, id, fields, links }: Fact): string =>
  // Comments stay with the record.
  canonical({ kind, id, fields: 'comment' in fields ? { ...fields, comment: null } : fields, links });

function expectedFilings(expected: Records, timeZone: string): Filings {
  const zone = zoneOf(timeZone);
  const records = recordKinds.flatMap((kind) => [...expected[kind].values()]);
  return new Map(
    records.flatMap((record) =>
      placesOf(record, zone).map((place) => {
        const { pk, sk } = factKey(place, record);
        return [`${record.kind} ${record.id} filed under ${pk} ${sk}`, content(record)] as const;
      }),
    ),
  );
}

const filings = (items: readonly RawItem[]): Filings =>
  new Map(
    items.filter(isFiling).map((item) => {
      const fact = JSON.parse(String(item.data)) as Fact;
      return [`${fact.kind} ${fact.id} filed under ${item.pk} ${item.sk}`, content(fact)] as const;
    }),
  );

const compareFilings = (filed: Filings, expected: Filings): Findings => ({
  lost: [...expected.keys()].filter((name) => !filed.has(name)),
  phantom: [...filed.keys()].filter((name) => !expected.has(name)),
  stale: [...expected].filter(([name, held]) => filed.has(name) && filed.get(name) !== held).map(([name]) => name),
});

/** Texts in the table that are in no record any more. */
function traces(items: readonly RawItem[], expected: Records): string[] {
  const texts = canonical(recordKinds.map((kind) => [...expected[kind].values()]));
  const known = new Set(texts.match(marks));
  return items.flatMap((item) =>
    [...new Set(JSON.stringify(item).match(marks))]
      .filter((mark) => !known.has(mark))
      .map((mark) => `a trace of ${mark} in ${item.pk} ${item.sk}`),
  );
}

function mirrored(items: readonly RawItem[]): Records {
  const records = items.flatMap((item) =>
    item.pk.startsWith('records#') && item.data !== undefined ? [JSON.parse(String(item.data)) as CxRecord] : [],
  );
  return Object.fromEntries(
    recordKinds.map((kind) => [
      kind,
      new Map(records.filter((record) => record.kind === kind).map((record) => [record.id, record])),
    ]),
  ) as unknown as Records;
}

/**
 * What searching by date owes once the portal is quiet: every record that is there, as of its modified date; `undated` ones
 * are left to the re-read.
 */
export async function compareDated(
  portal: PortalState,
  table: TableOptions,
  undated: ReadonlySet<string>,
): Promise<Findings> {
  const expected = expectedRecords(portal);
  const held = mirrored(await Array.fromAsync(everyItem(table)));
  const due = recordKinds.flatMap((kind) => [...expected[kind].values()]).filter(({ id }) => !undated.has(id));
  const of = ({ kind, id }: CxRecord): CxRecord | undefined => held[kind].get(id);
  return {
    lost: due.filter((record) => !of(record)).map(({ kind, id }) => `${kind} ${id}, before anything is read again`),
    phantom: [],
    stale: due
      .filter((record) => (of(record)?.modifiedAt ?? record.modifiedAt) !== record.modifiedAt)
      .map(({ kind, id }) => `${kind} ${id} is of an earlier date, before anything is read again`),
  };
}

/** Compares everything that lies in the table with the portal itself. */
export async function compare(portal: PortalState, table: TableOptions): Promise<Findings> {
  const items = await Array.fromAsync(everyItem(table));
  const mirror = mirrored(items);
  const expected = withHistories(expectedRecords(portal), mirror, portal);
  const records = compareRecords(mirror, expected);
  const filed = compareFilings(filings(items), expectedFilings(expected, portal.definition.account.timeZone));
  const held = items.filter(({ pk }) => pk === 'quarantine').map(({ sk }) => `${sk} is still in quarantine`);
  return {
    lost: [...records.lost, ...filed.lost],
    phantom: [...records.phantom, ...filed.phantom, ...traces(items, expected)],
    stale: [...records.stale, ...filed.stale, ...held, ...withoutHistory(expected, mirror)],
  };
}
