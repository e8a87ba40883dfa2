import type { Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import { wilson } from '../../domain/statistics/wilson.ts';
import type { Store } from '../ports.ts';
import type { Difference } from './compare-records.ts';
import type { Mended } from './mend.ts';

/** How far what we keep of one kind was from what HubSpot has. */
export interface KindDrift {
  /** Records we kept, those in quarantine included, and as many as HubSpot's search index counted. */
  readonly kept: number;
  readonly counted: number;
  /** Records compared. */
  readonly checked: number;
  /** HubSpot has them, we did not. */
  readonly missing: number;
  /** We kept them, HubSpot does not have them. */
  readonly extra: number;
  /** Kept with other fields or links. */
  readonly different: number;
  /** Of those three: how many are as in HubSpot now. */
  readonly repaired: number;
  /** Share (0–1) of the records kept that were extra or different, with its 95 % interval (Wilson) where it is of a sample. */
  readonly share: number | null;
  readonly interval: readonly [low: number, high: number] | null;
}

/** What a reconciliation found, kind by kind. */
export interface Drift {
  readonly began: Instant;
  readonly mode: 'sample' | 'full';
  readonly kinds: Readonly<Partial<Record<RecordKind, KindDrift>>>;
  /** Kinds that were not compared, and why. */
  readonly skipped: Readonly<Partial<Record<RecordKind, string>>>;
  /** HTTP calls to HubSpot. */
  readonly calls: number;
}

const stateName = 'reconciliation';

/** What the last complete reconciliation found; null before the first. */
export const lastDrift = (store: Store): Promise<Drift | null> => store.readState<Drift>(stateName);

export const saveDrift = (store: Store, drift: Drift): Promise<void> => store.saveState(stateName, drift);

export type Tally = Pick<KindDrift, 'checked' | Difference | 'repaired'>;

export const nothingCompared: Tally = { checked: 0, missing: 0, extra: 0, different: 0, repaired: 0 };

/** The counts with those of another batch. */
export function tallied(tally: Tally, checked: number, { differences, repaired }: Mended): Tally {
  const of = (difference: Difference): number =>
    tally[difference] + [...differences.values()].filter((each) => each === difference).length;
  return {
    checked: tally.checked + checked,
    missing: of('missing'),
    extra: of('extra'),
    different: of('different'),
    repaired: tally.repaired + repaired,
  };
}

/** The share of a random sample of kept records that differs. */
export function sampleShare(
  sample: readonly RecordId[],
  differences: Mended['differences'],
): Pick<KindDrift, 'share' | 'interval'> {
  const n = sample.length;
  if (n === 0) return { share: null, interval: null };
  const share = sample.filter((id) => differences.has(id)).length / n;
  const bounds = wilson(share, n);
  return { share, interval: bounds && [bounds.low, bounds.high] };
}

/** The share of all kept records that differs: exact, hence without an interval. */
export function fullShare({ extra, different }: Tally, kept: number): Pick<KindDrift, 'share' | 'interval'> {
  return { share: kept === 0 ? null : (extra + different) / kept, interval: null };
}
