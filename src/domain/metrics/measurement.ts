/** An interval at a stated level, and how it was made. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: 0.95;
  readonly method: string;
}

/** A number that states what it rests on. Shares 0–1, NPS −100…100, times in hours, money in home currency. */
export interface Measured {
  readonly status: 'measured';
  readonly value: number;
  /** Cases, answers, customers … the value rests on. */
  readonly n: number;
  /** For shares: how many of the n. */
  readonly numerator?: number;
  /** Absent where the statistic has none (full counts). */
  readonly interval?: Interval;
  /** Cases whose follow-up window has not passed yet; they are not in n. */
  readonly maturing?: number;
  /** Cases that could not be used, where leaving them out moves the value; they are not in n. */
  readonly leftOut?: number;
}

/** "No data" is an answer with a reason: never 0, NaN or null. */
export interface NotMeasured {
  readonly status: 'not_measured';
  readonly because: string;
  /** Cases seen that could not be used. */
  readonly n: number;
}

export type Measurement = Measured | NotMeasured;

export const notMeasured = (because: string, n = 0): NotMeasured => ({ status: 'not_measured', because, n });
