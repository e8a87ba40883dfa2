import type * as z from 'zod';
import type { RecordId, RecordKind } from '#domain/records/record.ts';
import type { rowsAnswer } from './answers.ts';
import { idOnly } from './object-batches.ts';
import { readRow, rowId } from './row.ts';
import { type RowsById, type RowsRead, rowsRead } from './rows-by-id.ts';
import { isUnreadable } from './unreadable.ts';

/** A page as HubSpot answers it. */
export type Page = z.infer<typeof rowsAnswer>;

/** A page by id: the rows that can be read, those that cannot, and where to go on. */
export interface RowPage extends RowsRead {
  /** The id to continue from; null on the last page. */
  readonly next: RecordId | null;
  /** Rows still to come; null where HubSpot does not say. */
  readonly remaining: number | null;
}

/** A request for one page of a kind with any properties. */
export interface PageRequest {
  readonly kind: RecordKind;
  /** Whether one request can carry these properties. */
  carries(properties: readonly string[]): boolean;
  ask(properties: readonly string[]): Promise<Page>;
}

/** A page and what could be read of it; `ids` are those of all its rows that have one, readable or not. */
export interface PageRead extends RowsRead {
  readonly page: Page;
  readonly ids: readonly RecordId[];
}

const unlessUnreadable = (error: unknown): null => {
  if (isUnreadable(error)) return null;
  throw error;
};

const idsOf = (page: Page): RecordId[] => [...new Set(page.results.flatMap((raw) => rowId(raw) ?? []))];

/**
 * Reads a page in one call. Where its properties are too many for one, or where the page cannot be read as a whole, only its
 * ids are asked for, and the records by batch read, which isolates those that cannot be read.
 */
export async function readPage(
  { kind, carries, ask }: PageRequest,
  properties: readonly string[],
  byId: RowsById,
): Promise<PageRead> {
  const whole = carries(properties) ? await ask(properties).catch(unlessUnreadable) : null;
  if (whole) {
    const readings = whole.results.map((raw) => readRow(kind, raw, properties));
    return { page: whole, ids: idsOf(whole), ...rowsRead(readings) };
  }
  const page = await ask(idOnly);
  const ids = idsOf(page);
  const { rows, unreadable } = await byId(kind, ids, properties);
  const nameless = rowsRead(
    page.results.filter((raw) => rowId(raw) === undefined).map((raw) => readRow(kind, raw, [])),
  );
  return { page, ids, rows, unreadable: [...nameless.unreadable, ...unreadable] };
}
