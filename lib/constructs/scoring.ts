import { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import type { RecordTable } from './record-table.ts';
import { everyFiveMinutes, StepSchedule } from './step-schedule.ts';

/** From facts to metrics to scores; knows no token and calls nobody. */
export class Scoring extends Construct {
  constructor(scope: Construct, id: string, { table }: { table: RecordTable }) {
    super(scope, id);
    const computeMetrics = new ConnectorFunction(this, 'ComputeMetrics', {
      name: 'compute-metrics',
      description: 'Recomputes the days that changed',
      environment: table.variables,
      table,
    });
    const scoreRecords = new ConnectorFunction(this, 'ScoreRecords', {
      name: 'score-records',
      description: 'Scores the contacts and companies that changed',
      environment: table.variables,
      table,
    });
    new StepSchedule(this, 'ComputeSchedule', { function: computeMetrics.lambda, at: everyFiveMinutes(1) });
    new StepSchedule(this, 'ScoreSchedule', { function: scoreRecords.lambda, at: everyFiveMinutes(2) });
  }
}
