import { compareIds, type RecordId } from '#domain/records/record.ts';
import type { RowsRead } from './rows-by-id.ts';

/** Which way ids are walked. */
export type Direction = 'ascending' | 'descending';

/** Orders ids in the direction walked. */
export const inDirection =
  (direction: Direction) =>
  (a: RecordId, b: RecordId): number =>
    direction === 'ascending' ? compareIds(a, b) : compareIds(b, a);

/** Whether an id lies beyond the one to continue from. */
export const isBeyond =
  (direction: Direction, from: RecordId | null) =>
  (id: RecordId): boolean =>
    from === null || inDirection(direction)(id, from) > 0;

/** The id farthest along; undefined of none. */
export const farthest = (direction: Direction, ids: readonly RecordId[]): RecordId | undefined =>
  ids.toSorted(inDirection(direction)).at(-1);

/** The rows beyond an id, each once, in order; what has no id is beyond every one. */
export function rowsBeyond({ rows, unreadable }: RowsRead, direction: Direction, from: RecordId | null): RowsRead {
  const beyond = isBeyond(direction, from);
  const each = new Map(rows.filter(({ id }) => beyond(id)).map((row) => [row.id, row]));
  const order = inDirection(direction);
  return {
    rows: [...each.values()].sort((a, b) => order(a.id, b.id)),
    unreadable: unreadable.filter(({ id }) => id === '?' || beyond(id)),
  };
}
