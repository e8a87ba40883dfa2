import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { UnreadableRow } from '#pipeline/ports.ts';
import { readObjects } from './object-batches.ts';
import { isRow, type Row, type RowReading, readRow } from './row.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** Rows as read, and those that could not be. */
export interface RowsRead {
  readonly rows: readonly Row[];
  readonly unreadable: readonly UnreadableRow[];
}

/** Sorts readings apart. */
export const rowsRead = (readings: readonly RowReading[]): RowsRead => ({
  rows: readings.filter(isRow),
  unreadable: readings.flatMap((reading) => (isRow(reading) ? [] : [reading])),
});

/** Reads the rows of the records named, as they are now. */
export type RowsById = (kind: RecordKind, ids: readonly RecordId[], properties: readonly string[]) => Promise<RowsRead>;

/**
 * By batch read, which takes any number of properties. A row of another record than those asked for is left out: HubSpot may
 * answer for a merged record with the one it was merged into.
 */
export function rowsById(transport: Transport, { batch }: Sizes): RowsById {
  return async (kind, ids, properties) => {
    const asked = new Set(ids);
    const read = await readObjects(transport, kind, ids, { properties }, { size: batch });
    const { rows, unreadable } = rowsRead(read.results.map((raw) => readRow(kind, raw, properties)));
    return {
      rows: rows.filter(({ id, archived }) => asked.has(id) && !archived),
      unreadable: [...unreadable, ...read.unreadable.map((each) => ({ kind, ...each }))],
    };
  };
}
