import { compareIds, type RecordId } from '../../domain/records/record.ts';
import type { IdRange } from '../ports.ts';

/** Orders lower ends; null lies before every id. */
const compareLower = (a: RecordId | null, b: RecordId | null): number =>
  a === null || b === null ? Number(a !== null) - Number(b !== null) : compareIds(a, b);

/** Orders upper ends; null lies after every id. */
const compareUpper = (a: RecordId | null, b: RecordId | null): number =>
  a === null || b === null ? Number(b !== null) - Number(a !== null) : compareIds(a, b);

/** Whether a range holds an id. */
export const holds = ({ after, upTo }: IdRange, id: RecordId): boolean =>
  (after === null || compareIds(id, after) > 0) && (upTo === null || compareIds(id, upTo) <= 0);

/** Whether no id lies in a range. */
const isEmpty = ({ after, upTo }: IdRange): boolean => upTo !== null && compareIds(upTo, after ?? '0') <= 0;

/** What lies in both ranges; null where nothing does. */
export function overlapOf(a: IdRange, b: IdRange): IdRange | null {
  const after = compareLower(a.after, b.after) > 0 ? a.after : b.after;
  const upTo = compareUpper(a.upTo, b.upTo) < 0 ? a.upTo : b.upTo;
  return isEmpty({ after, upTo }) ? null : { after, upTo };
}

/** What of a range lies below the lower end of a part of it; null where nothing does. */
export const below = ({ after }: IdRange, part: IdRange): IdRange | null =>
  part.after === null ? null : nullIfEmpty({ after, upTo: part.after });

/** What of a range lies above the upper end of a part of it; null where nothing does. */
export const above = ({ upTo }: IdRange, part: IdRange): IdRange | null =>
  part.upTo === null ? null : nullIfEmpty({ after: part.upTo, upTo });

const nullIfEmpty = (range: IdRange): IdRange | null => (isEmpty(range) ? null : range);

/** The id in the middle of a range; null where it has no ends, or no room. */
export function middleOf({ after, upTo }: IdRange): RecordId | null {
  if (after === null || upTo === null) return null;
  const [low, high] = [BigInt(after), BigInt(upTo)];
  return high - low < 2n ? null : String((low + high) / 2n);
}
