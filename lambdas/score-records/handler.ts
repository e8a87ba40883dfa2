import * as z from 'zod';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { scoreRecordsEnvironment } from '#platform/environment/score-records.ts';
import { offlineConnector } from '../runtime/offline-connector.ts';
import { stepFunction } from '../runtime/step-function.ts';

/** Called by its schedule: scores the contacts and companies that changed. */
export const handler = stepFunction({
  connect: () => offlineConnector(readEnvironment(scoreRecordsEnvironment)),
  event: z.strictObject({}),
  run: (connector, { deadline }) => scoreCustomers(connector, { deadline }),
});
