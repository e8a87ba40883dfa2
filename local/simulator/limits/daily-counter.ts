import { nextMidnight } from './account-day.ts';

/** Counts calls since midnight in the account's time zone. */
export class DailyCounter {
  readonly most: number;
  readonly #timeZone: string;
  #resetsAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(most: number, timeZone: string) {
    this.most = most;
    this.#timeZone = timeZone;
  }

  used(now: number): number {
    if (now >= this.#resetsAt) {
      this.#resetsAt = nextMidnight(now, this.#timeZone);
      this.#used = 0;
    }
    return this.#used;
  }

  remaining(now: number): number {
    return Math.max(0, this.most - this.used(now));
  }

  count(now: number): void {
    this.#used = this.used(now) + 1;
  }
}
