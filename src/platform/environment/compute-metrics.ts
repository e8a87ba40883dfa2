import * as z from 'zod';
import { storeVariables } from './variables.ts';

/** The environment of the compute-metrics function: it never calls HubSpot and holds no token. */
export const computeMetricsEnvironment = z.object({ ...storeVariables });
