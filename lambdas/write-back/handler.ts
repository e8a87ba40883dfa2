import * as z from 'zod';
import { writeUntilQuiet } from '#pipeline/write-back.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { writeBackEnvironment } from '#platform/environment/write-back.ts';
import { continuingFunction } from '../runtime/continuing-function.ts';
import { hubSpotRuns } from '../runtime/runs.ts';

/** Called by its schedule with `mode: 'write'`, and by its own messages. Called by hand without a mode it only plans. */
export const handler = continuingFunction({
  connect: () => hubSpotRuns(readEnvironment(writeBackEnvironment), 'write-back'),
  work: 'writes',
  insists: 'in a moment',
  pauseMs: 0,
  event: z.strictObject({ mode: z.enum(['plan', 'write']).default('plan') }),
  run: (connector, { mode, deadline }) => writeUntilQuiet(connector, { mode, deadline }),
  progress: ({ written, refused }) => written + refused.length,
  durations: ({ latenciesMs }) => ({ ChangeToScoreLatency: latenciesMs }),
});
