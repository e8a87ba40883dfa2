/** One measured number, with what it is compared to. */
export interface Figure {
  /** As `pull-changes.kb`. */
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** What we promise: at most this where lower is better, at least this where higher is. */
  readonly goal: number;
  readonly better: 'lower' | 'higher';
  /** The same figure of others, or the least anybody could reach (`floor`). */
  readonly beside?: Readonly<Record<string, number>>;
}

/** What a bench may be told. */
export interface BenchOptions {
  /** A line about how far it has come; never part of the figures. */
  readonly progress: (line: string) => void;
  /** A hundredth of the work, to see that it runs; its figures prove nothing. */
  readonly small: boolean;
  /** How long to go on, where a bench lasts for a time of its own; its own time unless stated. */
  readonly seconds?: number;
}

/** A repeatable measurement: one file `bench/<name>.ts` with these exports. */
export interface Bench {
  readonly name: string;
  /** What is measured, in one sentence. */
  readonly describes: string;
  /** What the figures rest on, a sentence each. */
  readonly assumes?: readonly string[];
  readonly run: (options: BenchOptions) => Promise<readonly Figure[]>;
}

/** Whether a figure keeps its promise. */
export const meetsGoal = ({ value, goal, better }: Figure): boolean =>
  better === 'lower' ? value <= goal : value >= goal;
