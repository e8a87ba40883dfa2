import { nextMidnight } from './account-day.ts';

const day = 24 * 3_600_000;

/** Counts calls since midnight in the account's time zone; a part of the day's calls may be those of other apps. */
export class DailyCounter {
  most: number;
  readonly #timeZone: string;
  /** Part of the allowance that others use, evenly over the day. */
  readonly #othersShare: number;
  #resetsAt = Number.NEGATIVE_INFINITY;
  #own = 0;

  constructor(most: number, timeZone: string, othersShare = 0) {
    this.most = most;
    this.#timeZone = timeZone;
    this.#othersShare = othersShare;
  }

  /** Calls of this day, whoever made them. */
  used(now: number): number {
    return Math.min(this.most, this.own(now) + this.#others(now));
  }

  /** Our own calls of this day. */
  own(now: number): number {
    if (now >= this.#resetsAt) {
      this.#resetsAt = nextMidnight(now, this.#timeZone);
      this.#own = 0;
    }
    return this.#own;
  }

  remaining(now: number): number {
    return this.most - this.used(now);
  }

  count(now: number): void {
    this.#own = this.own(now) + 1;
  }

  #others(now: number): number {
    const elapsed = Math.min(1, Math.max(0, 1 - (this.#resetsAt - now) / day));
    return Math.floor(this.#othersShare * this.most * elapsed);
  }
}
