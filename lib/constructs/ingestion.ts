import { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';
import { StepSchedule } from './step-schedule.ts';

/** From HubSpot into the table. */
export class Ingestion extends Construct {
  constructor(scope: Construct, id: string, { table, hubSpot }: { table: RecordTable; hubSpot: HubSpotAccess }) {
    super(scope, id);
    const pullChanges = new ConnectorFunction(this, 'PullChanges', {
      name: 'pull-changes',
      description: 'Brings the table up to what HubSpot shows',
      environment: { ...table.variables, ...hubSpot.variables },
      table,
      hubSpot,
    });
    new StepSchedule(this, 'PullSchedule', { function: pullChanges.lambda, minute: 0 });
  }
}
