import { plus } from '../../domain/records/following-id.ts';
import type { CxRecord, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { Crm, IdRange, RecordPage, UnreadableRow } from '../ports.ts';
import { type Gaps, leftInAll, unread, withoutRange, withTotal } from './gaps.ts';
import { nextRead, type PageRows, type ReadBy, type Reading } from './next-read.ts';

/** What one call added: the rows nobody had read, and the range of ids that is thereby read. */
export interface RangeRead {
  readonly records: readonly CxRecord[];
  readonly unreadable: readonly UnreadableRow[];
  readonly range: IdRange;
  /** Ids of the rows, unreadable ones included. */
  readonly rows: readonly RecordId[];
  /** What is still to be read after it, an estimate; null where nothing is known. */
  readonly left: number | null;
}

/** How many calls of each way are under way at a time. */
export type Lanes = Readonly<Record<ReadBy, number>>;

/** What is read, and who is told. */
export interface GapReading {
  readonly crm: Pick<Crm, 'listAfter' | 'recordsBefore'>;
  readonly kind: RecordKind;
  readonly lanes: Lanes;
  readonly rows: PageRows;
  /** True once no more calls are to be sent. */
  readonly isOver: () => boolean;
  /** Resolves when there is room for another page. */
  readonly room: () => Promise<void>;
  readonly take: (read: RangeRead) => void;
}

/**
 * Reads what is left of a kind in several lanes at once, each page wherever most is left. No row is told twice, and none
 * is left out, in whatever order the answers come: a page covers all ids from where it was asked to its last row, and what
 * it covers is read. Ends when everything is read or it is over; a lane's error ends all and is thrown.
 */
export async function readGaps(reading: GapReading, gaps: Gaps): Promise<void> {
  const { crm, kind, lanes, rows, isOver, room, take } = reading;
  let open = gaps;
  let failed = false;
  let underWay: readonly Reading[] = [];
  let waiting: (() => void)[] = [];
  const wakeAll = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  const receive = (asked: Reading, page: RecordPage): void => {
    const range = rangeOf(asked, page);
    const fresh = new Set(unread(open, [...page.records, ...page.unreadable].map(idOf).filter(isId)));
    open = withoutRange(open, range, [...fresh]);
    if (asked.by === 'search' && range.after !== null && page.remaining !== null)
      open = withTotal(open, range.after, page.remaining);
    take({
      records: page.records.filter(({ id }) => fresh.has(id)),
      unreadable: page.unreadable.filter(({ id }) => !isId(id) || fresh.has(id)),
      range,
      rows: [...fresh],
      left: leftInAll(open),
    });
  };

  const lane = async (by: ReadBy): Promise<void> => {
    for (;;) {
      await room();
      if (failed || open.length === 0 || isOver()) return;
      const next = nextRead({ gaps: open, underWay, rows }, by);
      if (!next) {
        await new Promise<void>((wake) => waiting.push(wake));
        continue;
      }
      open = next.gaps;
      underWay = [...underWay, next.reading];
      try {
        receive(next.reading, await pageOf(crm, kind, next.reading));
      } catch (error) {
        failed = true;
        throw error;
      } finally {
        underWay = underWay.filter((each) => each !== next.reading);
        wakeAll();
      }
    }
  };

  const all = (Object.entries(lanes) as [ReadBy, number][]).flatMap(([by, count]) =>
    Array.from({ length: count }, () => lane(by)),
  );
  const ends = await Promise.allSettled(all);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

const idOf = ({ id }: { readonly id: RecordId }): RecordId => id;
/** Rows without a readable id are told as they come. */
const isId = (id: RecordId): boolean => id !== '?';

const pageOf = ({ listAfter, recordsBefore }: GapReading['crm'], kind: RecordKind, { by, from }: Reading) =>
  by === 'list' ? listAfter(kind, from) : recordsBefore(kind, from === null ? null : plus(from, 1));

/** The ids a page leaves nothing of: from where it was asked to where the next one begins. */
function rangeOf({ by, from }: Reading, { next }: RecordPage): IdRange {
  if (by === 'list') return { after: from, upTo: next };
  return { after: next === null ? null : plus(next, -1), upTo: from };
}
