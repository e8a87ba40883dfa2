import type { Customer } from '../metrics/metric.ts';
import type { Instant, RecordId } from '../records/record.ts';
import type { ModelScore } from './model-score.ts';
import type { Outputs } from './outputs.ts';
import type { Relationship } from './relationship.ts';
import type { UpsellScore } from './upsell.ts';

/** Everything we say about one customer at one moment. Plain data that survives JSON. */
export interface CustomerScore {
  readonly kind: Customer['kind'];
  readonly id: RecordId;
  /** Whether it is a customer now; writers may leave out who never was one. */
  readonly standing: Relationship['standing'];
  readonly health: ModelScore;
  readonly churn: ModelScore;
  readonly upsell: UpsellScore;
  readonly outputs: Outputs;
  /** Of the three models' inputs. */
  readonly fingerprint: string;
  readonly computedAt: Instant;
}

/** What the snapshot of the day before hands on. */
export type PreviousScore = Pick<CustomerScore, 'health' | 'churn' | 'upsell'>;
