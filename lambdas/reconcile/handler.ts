import * as z from 'zod';
import { reconcile } from '#pipeline/reconcile.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { reconcileEnvironment } from '#platform/environment/reconcile.ts';
import { continuingFunction } from '../runtime/continuing-function.ts';
import { hubSpotRuns } from '../runtime/runs.ts';
import { driftFigures } from './drift-figures.ts';

/** Called every night, and by its own messages: compares with HubSpot, repairs, and counts what had drifted. */
export const handler = continuingFunction({
  connect: () => hubSpotRuns(readEnvironment(reconcileEnvironment), 'backfill'),
  work: 'records',
  insists: 'when free',
  // Long enough for a scheduled pull to have its turn.
  pauseMs: 5 * 60_000,
  event: z.strictObject({ full: z.boolean().default(false) }),
  run: (connector, { full, deadline }) => reconcile(connector, { full, deadline }),
  progress: ({ calls }) => calls,
  figures: driftFigures,
});
