import * as z from 'zod';
import { scoreUntilQuiet } from '#pipeline/score-customers.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { scoreRecordsEnvironment } from '#platform/environment/score-records.ts';
import { continuingFunction } from '../runtime/continuing-function.ts';
import { offlineRuns } from '../runtime/runs.ts';

/** Called by its schedule, and whenever records changed: scores whom that concerns, and has it written. */
export const handler = continuingFunction({
  connect: () => offlineRuns(readEnvironment(scoreRecordsEnvironment)),
  work: 'scores',
  insists: 'in a moment',
  pauseMs: 0,
  event: z.strictObject({}),
  run: (connector, { deadline }) => scoreUntilQuiet(connector, { deadline }),
  progress: ({ scored }) => scored,
  next: ({ queued }) => (queued > 0 ? { mode: 'write' } : null),
});
