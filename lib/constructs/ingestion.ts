import { Construct } from 'constructs';
import { ConnectorFunction, functionTimeout } from './connector-function.ts';
import { ContinuationQueue, type DeadLetters } from './continuations.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';
import { everyFiveMinutes, everyNight, StepSchedule } from './step-schedule.ts';

/** What reads HubSpot, and what it needs. */
export interface IngestionProps {
  readonly table: RecordTable;
  readonly hubSpot: HubSpotAccess;
  readonly deadLetters: DeadLetters;
  /** Keeps one of the account's concurrent executions for pulling; accounts with very few of them refuse that. */
  readonly reserveConcurrency: boolean;
}

/** From HubSpot into the table. */
export class Ingestion extends Construct {
  constructor(scope: Construct, id: string, { table, hubSpot, deadLetters, reserveConcurrency }: IngestionProps) {
    super(scope, id);
    const further = new ContinuationQueue(this, 'PullFurther', { deadLetters, timeout: functionTimeout });
    const pullChanges = new ConnectorFunction(this, 'PullChanges', {
      name: 'pull-changes',
      description: 'Brings the table up to what HubSpot shows',
      environment: { ...table.variables, ...hubSpot.variables, ...further.variables },
      table,
      hubSpot,
      continuation: further,
      alone: reserveConcurrency,
    });
    new StepSchedule(this, 'PullSchedule', { function: pullChanges.lambda, at: everyFiveMinutes(0) });

    const reconcileFurther = new ContinuationQueue(this, 'ReconcileFurther', { deadLetters, timeout: functionTimeout });
    const reconcile = new ConnectorFunction(this, 'Reconcile', {
      name: 'reconcile',
      description: 'Compares the table with HubSpot and repairs what differs',
      environment: { ...table.variables, ...hubSpot.variables, ...reconcileFurther.variables },
      table,
      hubSpot,
      continuation: reconcileFurther,
    });
    new StepSchedule(this, 'ReconcileSchedule', { function: reconcile.lambda, at: everyNight });
  }
}
