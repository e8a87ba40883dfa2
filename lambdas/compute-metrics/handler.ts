import * as z from 'zod';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { computeMetricsEnvironment } from '#platform/environment/compute-metrics.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { offlineConnector } from '../runtime/offline-connector.ts';
import { stepFunction } from '../runtime/step-function.ts';

/** Called by its schedule: recomputes the days that changed. */
export const handler = stepFunction({
  connect: () => offlineConnector(readEnvironment(computeMetricsEnvironment)),
  event: z.strictObject({}),
  run: (connector, { deadline }) => computeMetrics(connector, { deadline }),
});
