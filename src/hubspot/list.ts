import { plus } from '#domain/records/following-id.ts';
import { compareIds, type RecordId, type RecordKind } from '#domain/records/record.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { documented, rowsAnswer } from './answers.ts';
import { farthest, isBeyond, rowsBeyond } from './keyset.ts';
import { idOnly } from './object-batches.ts';
import { objectTypes } from './object-types.ts';
import { type Page, type RowPage, readPage } from './page.ts';
import { undated } from './routes.ts';
import type { RowsById } from './rows-by-id.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** Reads HubSpot's lists, which hold a record as soon as it is there. */
export interface List {
  /** One page in ascending order of ids. */
  page(kind: RecordKind, after: RecordId | null, properties: readonly string[]): Promise<RowPage>;
  /** One page of the recycle bin. */
  archived(kind: RecordKind, after: RecordId | null): Promise<{ ids: readonly RecordId[]; next: RecordId | null }>;
}

interface Listed {
  readonly kind: RecordKind;
  readonly archived: boolean;
}

/** HubSpot's cursor as an id, less one: no row up to there is still to come, whether it means "from" or "beyond". */
const before = (cursor: string): RecordId[] => (/^[1-9]\d*$/.test(cursor) ? [plus(cursor, -1)] : []);

const stuck = (type: string): HubSpotBusyError =>
  new HubSpotBusyError(
    `HubSpot's list of ${type} announces more rows and shows none.`,
    'Try again in a minute; if it lasts, see https://status.hubspot.com.',
  );

/**
 * By `after`, which is an id (observed; not documented), so that any id can be continued from. It was seen to name the first
 * id of the next page; that is asked for once an answer has confirmed it. Until then the last id read is sent, which is
 * right either way and at worst shows that row again.
 */
export function objectList(transport: Transport, sizes: Sizes, byId: RowsById): List {
  let isFirstOfNext = false;

  const pathFor = ({ kind, archived }: Listed, after: RecordId | null, properties: readonly string[]): string => {
    const query = [
      `limit=${sizes.list}`,
      `archived=${archived}`,
      `properties=${properties.map(encodeURIComponent).join(',')}`,
      ...(after === null ? [] : [`after=${isFirstOfNext ? plus(after, 1) : after}`]),
    ];
    return `${undated.list(objectTypes[kind].path)}?${query.join('&')}`;
  };

  const ask = async (listed: Listed, after: RecordId | null, properties: readonly string[]): Promise<Page> => {
    const { value } = await transport.send('GET', pathFor(listed, after, properties));
    return documented(rowsAnswer, value, objectTypes[listed.kind].path);
  };

  const nextAfter = (kind: RecordKind, { next }: Page, ids: readonly RecordId[], after: RecordId | null) => {
    if (next === undefined) return null;
    const last = farthest('ascending', ids);
    if (last !== undefined && next === plus(last, 1)) isFirstOfNext = true;
    const on = farthest('ascending', [...ids, ...before(next)].filter(isBeyond('ascending', after)));
    if (on === undefined) throw stuck(objectTypes[kind].path);
    return on;
  };

  const read = (listed: Listed, after: RecordId | null, properties: readonly string[]) =>
    readPage(
      {
        kind: listed.kind,
        carries: (names) => pathFor(listed, after, names).length <= sizes.urlCharacters,
        ask: (names) => ask(listed, after, names),
      },
      properties,
      byId,
    );

  return {
    page: async (kind, after, properties) => {
      const { page, ids, ...rows } = await read({ kind, archived: false }, after, properties);
      return { ...rowsBeyond(rows, 'ascending', after), next: nextAfter(kind, page, ids, after), remaining: null };
    },
    archived: async (kind, after) => {
      const { page, ids } = await read({ kind, archived: true }, after, idOnly);
      return {
        ids: ids.filter(isBeyond('ascending', after)).sort(compareIds),
        next: nextAfter(kind, page, ids, after),
      };
    },
  };
}
