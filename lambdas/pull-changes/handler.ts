import * as z from 'zod';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { pullChangesEnvironment } from '#platform/environment/pull-changes.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { connectorFor } from '../runtime/connector-for.ts';
import { stepFunction } from '../runtime/step-function.ts';

/** Called by its schedule: brings the store up to what HubSpot shows. */
export const handler = stepFunction({
  connect: async () => connectorFor(readEnvironment(pullChangesEnvironment)),
  event: z.strictObject({}),
  run: (connector, { deadline }) => pullChanges(connector, { deadline }),
});
