import * as z from 'zod';
import { writeBack } from '#pipeline/write-back.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { writeBackEnvironment } from '#platform/environment/write-back.ts';
import { connectorFor } from '../runtime/connector-for.ts';
import { stepFunction } from '../runtime/step-function.ts';

/** Called by its schedule with `mode: 'write'`. Called by hand without a mode it only plans. */
export const handler = stepFunction({
  connect: async () => connectorFor(readEnvironment(writeBackEnvironment)),
  event: z.strictObject({ mode: z.enum(['plan', 'write']).default('plan') }),
  run: (connector, { mode, deadline }) => writeBack(connector, { mode, deadline }),
});
