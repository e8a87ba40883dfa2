import type { ContactFields } from '../records/record.ts';

/** Use of the product over the last 30 days and the 30 days before, in the portal's own unit. */
export interface Usage {
  readonly recent: number;
  readonly before: number | null;
}

/** Beyond this a number is a mistake in the property, and arithmetic on it would not hold. */
const LARGEST = 1e15;
/** Growth beyond this says no more than "much more". */
const LARGEST_RATIO = 10;
/** Share of the portal's typical use added on both sides, so that going from 2 to 1 is not a halving. */
const CUSHION = 0.1;

const usable = (value: number | null): number | null =>
  value !== null && value >= 0 && value <= LARGEST ? value : null;

/** Null when unknown; negative and infinite values count as unknown. */
export function usageOf(fields: Pick<ContactFields, 'usageRecent' | 'usageBefore'>): Usage | null {
  const recent = usable(fields.usageRecent);
  return recent === null ? null : { recent, before: usable(fields.usageBefore) };
}

/** The change as people say it: −0.42 is a fall by 42 %; null where there was no use before to compare with. */
export const changeOf = ({ recent, before }: Usage): number | null =>
  before === null || before === 0 ? null : Math.min(LARGEST_RATIO, recent / before) - 1;

/**
 * The change as it is scored: cushioned by a tenth of the portal's typical use, −1 whenever nothing was used at all,
 * and null where the period before is unknown.
 */
export function trendOf({ recent, before }: Usage, typical: number | null): number | null {
  if (recent === 0) return -1;
  if (before === null) return null;
  const cushion = CUSHION * (typical ?? 0);
  return Math.min(LARGEST_RATIO, (recent + cushion) / (before + cushion)) - 1;
}
