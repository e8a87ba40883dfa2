import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { ModifiedWindow } from '#pipeline/ports.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { documented, rowsAnswer, unreadableAnswer } from './answers.ts';
import { type Direction, farthest, isBeyond, rowsBeyond } from './keyset.ts';
import { idOnly } from './object-batches.ts';
import { objectTypes } from './object-types.ts';
import { type Page, type RowPage, readPage } from './page.ts';
import { undated } from './routes.ts';
import type { RowsById } from './rows-by-id.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** Which rows: of a kind, beyond an id, modified within a window. */
export interface Sought {
  readonly kind: RecordKind;
  readonly direction: Direction;
  readonly from: RecordId | null;
  readonly modified?: ModifiedWindow | undefined;
}

/** Reads HubSpot's search index. */
export interface Search {
  /** One page in order of ids. */
  page(sought: Sought, properties: readonly string[]): Promise<RowPage>;
  /** How many rows a kind has. */
  count(kind: RecordKind): Promise<number>;
}

const directions = {
  ascending: { operator: 'GT', direction: 'ASCENDING' },
  descending: { operator: 'LT', direction: 'DESCENDING' },
} as const;

const filter = (propertyName: string, operator: 'GT' | 'LT' | 'GTE' | 'LTE', value: string) => ({
  propertyName,
  operator,
  value,
});

const bodyFor = ({ kind, direction: way, from, modified }: Sought, properties: readonly string[], limit: number) => {
  const by = objectTypes[kind].modified;
  const { operator, direction } = directions[way];
  const filters = [
    from === null ? filter('hs_object_id', 'GT', '0') : filter('hs_object_id', operator, from),
    ...(modified ? [filter(by, 'GTE', String(modified.from)), filter(by, 'LTE', String(modified.to))] : []),
  ];
  return JSON.stringify({
    filterGroups: [{ filters }],
    sorts: [{ propertyName: 'hs_object_id', direction }],
    properties,
    limit,
  });
};

const repeating = (type: string): HubSpotBusyError =>
  new HubSpotBusyError(
    `HubSpot's search of ${type} repeats rows that were read already.`,
    'Try again in a minute: its index is catching up.',
  );

/**
 * Keyset search: in order of `hs_object_id`, from the last id on. HubSpot's own `after` ends at 10,000 rows and skips rows
 * that move (https://developers.hubspot.com/docs/api-reference/search/guide), so it is never used.
 *
 * What is relied on: a page holds the rows nearest to `from`. Ids never change, so not even a stale index can sort by an old
 * one. Not relied on: that a page arrives sorted, that its rows lie in the window, or come once.
 */
export function objectSearch(transport: Transport, sizes: Sizes, byId: RowsById): Search {
  const ask = async (kind: RecordKind, body: string): Promise<Page> => {
    const { path } = objectTypes[kind];
    const { value } = await transport.send('POST', undated.search(path), body);
    return documented(rowsAnswer, value, path);
  };

  return {
    page: async (sought, properties) => {
      const { kind, direction, from } = sought;
      const body = (names: readonly string[]): string => bodyFor(sought, names, sizes.search);
      const { page, ids, ...read } = await readPage(
        {
          kind,
          carries: (names) => body(names).length <= sizes.searchBodyCharacters,
          ask: (names) => ask(kind, body(names)),
        },
        properties,
        byId,
      );
      const last = farthest(direction, ids.filter(isBeyond(direction, from)));
      const found = page.results.length;
      const { total } = page;
      if (typeof total !== 'number') throw unreadableAnswer(objectTypes[kind].path, 'without a total');
      const more = page.next !== undefined || total > found;
      if (more && last === undefined) throw repeating(objectTypes[kind].path);
      const next = more && last !== undefined ? last : null;
      return { ...rowsBeyond(read, direction, from), next, remaining: Math.max(0, total - found) };
    },
    count: async (kind) => {
      const { total } = await ask(kind, bodyFor({ kind, direction: 'ascending', from: null }, idOnly, 1));
      if (typeof total !== 'number') throw unreadableAnswer(objectTypes[kind].path, 'without a total');
      return total;
    },
  };
}
