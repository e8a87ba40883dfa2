/** Product usage as the demo's product reports it: actions of the last 30 days and of the 30 days before. */
import { week } from './calendar.ts';
import type { Customer, Scene } from './customer.ts';
import type { HiddenPath } from './hidden-path.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';

const u = rates.usage;

/** Writes the usage numbers every fourth week, in a week of its own per customer. */
export class UsageReport {
  readonly #base: number;
  readonly #phase: number;
  readonly #random: Random;

  constructor(customer: Customer) {
    this.#random = customer.random('usage');
    this.#base = u[customer.kind] * Math.exp(u.spread * this.#random.normal());
    this.#phase = this.#random.integer(0, 3);
  }

  /** Reports at the end of the week that `path` has just lived through, if it is one of the four. */
  tell(scene: Scene, customer: Customer, path: HiddenPath, weekNumber: number, at: number): void {
    if (weekNumber % 4 !== this.#phase) return;
    const weeks = path.usage;
    const recent = this.#actions(weeks.slice(-4));
    const known = at - customer.since > 8 * week;
    const before = known && weeks.length >= 8 ? this.#actions(weeks.slice(-8, -4)) : null;
    const blank = this.#random.chance(u.blank) ? (this.#random.chance(0.5) ? '' : null) : undefined;
    scene.ledger.update(
      customer.unit,
      at + this.#random.integer(0, 3_600_000),
      {
        product_usage_30d: blank === undefined ? recent : blank,
        ...(before !== null && { product_usage_prior_30d: blank === undefined ? before : blank }),
      },
      'INTEGRATION',
    );
  }

  #actions(weeks: readonly number[]): number {
    const mean = weeks.reduce((sum, log) => sum + Math.exp(log), 0) / Math.max(1, weeks.length);
    return Math.round(this.#base * mean * Math.exp(0.06 * this.#random.normal()));
  }
}
