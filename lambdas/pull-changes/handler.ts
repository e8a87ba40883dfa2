import * as z from 'zod';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { pullChangesEnvironment } from '#platform/environment/pull-changes.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { continuingFunction } from '../runtime/continuing-function.ts';
import { sumOf } from '../runtime/figures.ts';
import { hubSpotRuns } from '../runtime/runs.ts';

/** Called by its schedule, and by its own messages until nothing is left: brings the store up to what HubSpot shows. */
export const handler = continuingFunction({
  connect: () => hubSpotRuns(readEnvironment(pullChangesEnvironment), 'poll'),
  work: 'records',
  insists: 'not',
  pauseMs: 0,
  event: z.strictObject({}),
  run: (connector, { deadline }) => pullChanges(connector, { deadline }),
  progress: ({ refiled, kinds, found, history }) => sumOf({ refiled, kinds, found, history }),
});
