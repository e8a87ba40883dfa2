import { Construct } from 'constructs';
import { ConnectorFunction, functionTimeout } from './connector-function.ts';
import { ContinuationQueue, type DeadLetters } from './continuations.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';
import { everyFiveMinutes, StepSchedule } from './step-schedule.ts';

/** What writes to HubSpot, and what it needs. */
export interface WriteBackProps {
  readonly table: RecordTable;
  readonly hubSpot: HubSpotAccess;
  readonly deadLetters: DeadLetters;
}

/** From scores back onto HubSpot's records. */
export class WriteBack extends Construct {
  /** Runs the writing of what waits: for those who queue it. */
  readonly further: ContinuationQueue;

  constructor(scope: Construct, id: string, { table, hubSpot, deadLetters }: WriteBackProps) {
    super(scope, id);
    this.further = new ContinuationQueue(this, 'WriteFurther', { deadLetters, timeout: functionTimeout });
    const writeBack = new ConnectorFunction(this, 'WriteBack', {
      name: 'write-back',
      description: 'Writes the scores that changed onto the HubSpot records',
      environment: { ...table.variables, ...hubSpot.variables, ...this.further.variables },
      table,
      hubSpot,
      continuation: this.further,
    });
    new StepSchedule(this, 'WriteSchedule', {
      function: writeBack.lambda,
      at: everyFiveMinutes(3),
      event: { mode: 'write' },
    });
  }
}
