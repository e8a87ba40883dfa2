import { Construct } from 'constructs';
import { ConnectorFunction, functionTimeout } from './connector-function.ts';
import { ContinuationQueue, type DeadLetters } from './continuations.ts';
import type { RecordTable } from './record-table.ts';
import { everyFiveMinutes, StepSchedule } from './step-schedule.ts';

/** What scoring needs. */
export interface ScoringProps {
  readonly table: RecordTable;
  readonly deadLetters: DeadLetters;
  /** Runs the writing of what was scored. */
  readonly writing: ContinuationQueue;
}

/** From facts to metrics to scores; knows no token and calls nobody. */
export class Scoring extends Construct {
  /** Runs the scoring of whoever is marked: for those who mark. */
  readonly further: ContinuationQueue;

  constructor(scope: Construct, id: string, { table, deadLetters, writing }: ScoringProps) {
    super(scope, id);
    this.further = new ContinuationQueue(this, 'ScoreFurther', { deadLetters, timeout: functionTimeout });
    const computeMetrics = new ConnectorFunction(this, 'ComputeMetrics', {
      name: 'compute-metrics',
      description: 'Recomputes the days that changed',
      environment: table.variables,
      table,
    });
    const scoreRecords = new ConnectorFunction(this, 'ScoreRecords', {
      name: 'score-records',
      description: 'Scores the contacts and companies that changed',
      environment: { ...table.variables, ...this.further.variables, ...writing.nextVariables },
      table,
      continuation: this.further,
      next: writing,
    });
    new StepSchedule(this, 'ComputeSchedule', { function: computeMetrics.lambda, at: everyFiveMinutes(1) });
    new StepSchedule(this, 'ScoreSchedule', { function: scoreRecords.lambda, at: everyFiveMinutes(2) });
  }
}
