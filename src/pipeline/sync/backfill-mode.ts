import type { RecordKind } from '../../domain/records/record.ts';
import { type BackfillMode, readingForecast, totalOf } from '../forecasting/backfill-calls.ts';
import type { Crm } from '../ports.ts';
import { smallestAllowance } from './daily-share.ts';
import type { Lanes } from './read-gaps.ts';
import type { Syncing } from './syncing.ts';

/** Calls under way at a time: as many as the limits let through while answers take 600 ms, and some to spare. */
export const lanesOf: Readonly<Record<BackfillMode, Lanes>> = {
  fast: { list: 14, search: 4 },
  frugal: { list: 0, search: 1 },
};

/** With fewer records left there is nothing to gain: lanes take longer to find their places. */
export const fewRecords = 10_000;

/** Of the day's calls so many are left to people and to more urgent work: the same part that the backfill's lane leaves. */
export const reserveOfDay = 0.25;
/** Of what is left after the reserve, a fast read may take this part. */
const affordable = 0.5;

/** How to go on reading a kind of which so many records are left; null where that is not known yet. */
export function backfillMode(
  { crm, config }: Pick<Syncing, 'crm' | 'config'>,
  kind: RecordKind,
  left: number | null,
): BackfillMode {
  const { backfill } = config.sync;
  if (backfill !== 'auto') return backfill;
  return left !== null && left >= fewRecords && isAffordable(crm, kind, left) ? 'fast' : 'frugal';
}

function isAffordable(crm: Crm, kind: RecordKind, records: number): boolean {
  const { calls } = readingForecast.fast({
    records,
    linkedKinds: crm.linkedKinds(kind).length,
    linksPerCall: crm.linksPerCall,
    capacity: crm.capacity(),
  });
  return totalOf(calls) <= spendable(crm) * affordable;
}

/** Calls that are left today after the reserve. */
export function spendable(crm: Pick<Crm, 'allowance'>): number {
  const { calls, remaining } = crm.allowance() ?? { calls: smallestAllowance, remaining: smallestAllowance };
  return Math.max(0, remaining - reserveOfDay * calls);
}
