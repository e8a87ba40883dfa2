import { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';
import { StepSchedule } from './step-schedule.ts';

/** From scores back onto HubSpot's records. */
export class WriteBack extends Construct {
  constructor(scope: Construct, id: string, { table, hubSpot }: { table: RecordTable; hubSpot: HubSpotAccess }) {
    super(scope, id);
    const writeBack = new ConnectorFunction(this, 'WriteBack', {
      name: 'write-back',
      description: 'Writes the scores that changed onto the HubSpot records',
      environment: { ...table.variables, ...hubSpot.variables },
      table,
      hubSpot,
    });
    new StepSchedule(this, 'WriteSchedule', { function: writeBack.lambda, minute: 3, event: { mode: 'write' } });
  }
}
