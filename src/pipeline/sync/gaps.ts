import { compareIds, type RecordId } from '../../domain/records/record.ts';
import type { IdRange } from '../ports.ts';
import { above, below, holds, overlapOf } from './id-ranges.ts';

/** A range of ids that is still to be read. */
export interface Gap extends IdRange {
  /** Rows read between it and the gap below. */
  readonly beneath: number;
  /** How many records there are with ids up to its upper end, as a search counted them; null where none has yet. */
  readonly total: number | null;
  /** How far apart ids were at its lower and at its upper end, when pages were last read there; null where none was. */
  readonly apart: { readonly low: number | null; readonly high: number | null };
}

/** All that is still to be read, ascending; ranges do not overlap. Plain JSON. */
export type Gaps = readonly Gap[];

/** Everything beyond an id, of which so many rows were read. */
export const allAfter = (after: RecordId | null, read: number): Gaps => [
  { after, upTo: null, beneath: read, total: null, apart: { low: null, high: null } },
];

/** The ids of these that nobody has read. */
export const unread = (gaps: Gaps, ids: readonly RecordId[]): RecordId[] =>
  ids.filter((id) => gaps.some((gap) => holds(gap, id)));

/**
 * What is left once a range has been read, whoever read it and in whatever order: `rows` are the ids found there that
 * nobody had read before.
 */
export function withoutRange(gaps: Gaps, range: IdRange, rows: readonly RecordId[]): Gaps {
  const left: Gap[] = [];
  const apart = apartOf(rows);
  let beneath = 0;
  const leave = (part: IdRange | null, { total, apart }: Pick<Gap, 'total' | 'apart'>): void => {
    if (!part) return;
    left.push({ after: part.after, upTo: part.upTo, beneath, total, apart });
    beneath = 0;
  };
  for (const gap of gaps) {
    const { low, high } = gap.apart;
    beneath += gap.beneath;
    const read = overlapOf(gap, range);
    if (!read) {
      leave(gap, gap);
      continue;
    }
    leave(below(gap, read), { total: null, apart: { low, high: apart ?? high } });
    beneath += rows.filter((id) => holds(read, id)).length;
    leave(above(gap, read), { total: gap.total, apart: { low: apart ?? low, high } });
  }
  return left;
}

/** The distance from one id to the next, on average; null of fewer than two. */
function apartOf(ids: readonly RecordId[]): number | null {
  const [first, ...others] = ids.toSorted(compareIds);
  const last = others.at(-1);
  return first === undefined || last === undefined ? null : Number(BigInt(last) - BigInt(first)) / others.length;
}

/** Notes how many records a search counted up to an id. */
export const withTotal = (gaps: Gaps, upTo: RecordId, total: number): Gaps =>
  gaps.map((gap) => (gap.upTo === upTo ? { ...gap, total } : gap));

/** Records left in each gap. Between two counts they are taken to be spread evenly over the gaps; null where nothing is known. */
export function leftIn(gaps: Gaps): (number | null)[] {
  const left: (number | null)[] = gaps.map(() => null);
  let [from, counted, read] = [0, 0, 0];
  for (const [at, { beneath, total }] of gaps.entries()) {
    read += beneath;
    if (total === null) continue;
    left.fill(Math.max(0, total - counted - read) / (at + 1 - from), from, at + 1);
    [from, counted, read] = [at + 1, total, 0];
  }
  return left;
}

/** Records left in all; null where that is not known. */
export function leftInAll(gaps: Gaps): number | null {
  const left = leftIn(gaps);
  return left.some((each) => each === null) ? null : left.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}

/** Cuts a gap in two after an id; nothing was counted there. */
export function dividedAt(gaps: Gaps, gap: Gap, id: RecordId): Gaps {
  const { low, high } = gap.apart;
  const halves: Gaps = [
    { ...gap, upTo: id, total: null, apart: { low, high: null } },
    { ...gap, after: id, beneath: 0, apart: { low: null, high } },
  ];
  return gaps.flatMap((each) => (each === gap ? halves : [each]));
}
