import * as z from 'zod';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { pullChangesEnvironment } from '#platform/environment/pull-changes.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { continuingFunction } from '../runtime/continuing-function.ts';
import { sumOf } from '../runtime/figures.ts';

/** Called by its schedule, and by its own messages until nothing is left: brings the store up to what HubSpot shows. */
export const handler = continuingFunction({
  environment: () => readEnvironment(pullChangesEnvironment),
  lane: 'poll',
  work: 'records',
  insists: false,
  pauseMs: 0,
  event: z.strictObject({}),
  run: (connector, { deadline }) => pullChanges(connector, { deadline }),
  progress: ({ kinds, found, history }) => sumOf({ kinds, found, history }),
});
