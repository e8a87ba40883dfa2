import type { RecordId } from '../../domain/records/record.ts';
import { dividedAt, type Gap, type Gaps, leftIn } from './gaps.ts';
import { middleOf } from './id-ranges.ts';

/** HubSpot's two ways to read ids in order, each with a budget of its own: lists go up from a lower end, searches down from an upper one. */
export type ReadBy = 'list' | 'search';

/** A page that is being read: from the lower end of a gap up, or from its upper end down. */
export interface Reading {
  readonly by: ReadBy;
  readonly from: RecordId | null;
}

/** Rows of a page, by the way it is read. */
export type PageRows = Readonly<Record<ReadBy, number>>;

/** What is known when the next page is chosen. */
export interface Situation {
  readonly gaps: Gaps;
  /** Pages that were asked for and have not arrived. */
  readonly underWay: readonly Reading[];
  readonly rows: PageRows;
}

const endOf = (gap: Gap, by: ReadBy): RecordId | null => (by === 'list' ? gap.after : gap.upTo);
const otherOf = { list: 'search', search: 'list' } as const;

const isRead = (underWay: readonly Reading[], gap: Gap, by: ReadBy): boolean =>
  underWay.some((reading) => reading.by === by && reading.from === endOf(gap, by));

/**
 * The page to read next: where most is left and nobody reads the same way yet, else in the midst of the gap with most left,
 * which is divided. Null where there is nothing to do until another page arrives; with nothing under way there always is.
 */
export function nextRead(situation: Situation, by: ReadBy): { readonly gaps: Gaps; readonly reading: Reading } | null {
  const { gaps } = situation;
  const left = leftIn(gaps);
  const free = freeGap(situation, left, by);
  if (free) return { gaps, reading: { by, from: endOf(free, by) } };
  const cut = bestCut(situation, left, by);
  return cut && { gaps: dividedAt(gaps, cut.gap, cut.id), reading: { by, from: cut.id } };
}

type Left = readonly (number | null)[];

/** Where nobody reads the same way. Searches go first where nothing was counted yet. */
function freeGap({ gaps, underWay, rows }: Situation, left: Left, by: ReadBy): Gap | null {
  const free = gaps.flatMap((gap, at) => {
    if (isRead(underWay, gap, by)) return [];
    const uncounted = by === 'search' && gap.total === null;
    const records = uncounted ? Number.POSITIVE_INFINITY : (left[at] ?? Number.MAX_VALUE);
    // What a page under way at the other end brings is not left to be read.
    const worth = isRead(underWay, gap, otherOf[by]) ? records - rows[otherOf[by]] : Math.max(1, records);
    return worth > 0 ? [{ gap, worth }] : [];
  });
  return greatest(free, ({ worth }) => worth)?.gap ?? null;
}

/** With fewer pages left a gap is read to its end before its other half is found. */
const fewPages = 4;

/** Where to divide. Only gaps whose records were counted are: the others may be empty. */
function bestCut({ gaps, rows }: Situation, left: Left, by: ReadBy): { gap: Gap; id: RecordId } | null {
  const cuts = gaps.flatMap((gap, at) => {
    const records = left[at] ?? 0;
    const id = gap.total !== null && records >= fewPages * rows[by] ? midstOf(gap, records) : null;
    return id === null ? [] : [{ gap, id, records }];
  });
  return greatest(cuts, ({ records }) => records) ?? null;
}

/**
 * The id with half of the records on either side if they lie as close together as at one of the ends. Ids come in stretches
 * with nothing in between: half of the range would mostly be half of nothing.
 */
function midstOf(gap: Gap, records: number): RecordId | null {
  const { after, upTo, apart } = gap;
  const middle = middleOf(gap);
  if (middle === null || after === null || upTo === null) return null;
  const stretch = (distance: number): bigint => BigInt(Math.ceil((distance * records) / 2));
  const guesses = [
    apart.low === null ? null : BigInt(after) + stretch(apart.low),
    apart.high === null ? null : BigInt(upTo) - stretch(apart.high),
  ];
  const inside = guesses.find((guess) => guess !== null && guess > BigInt(after) && guess < BigInt(upTo));
  return inside ? String(inside) : middle;
}

/** The first of the greatest. */
const greatest = <T>(list: readonly T[], by: (item: T) => number): T | undefined =>
  list.reduce<T | undefined>((best, item) => (best === undefined || by(item) > by(best) ? item : best), undefined);
