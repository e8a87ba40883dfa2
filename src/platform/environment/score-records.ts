import * as z from 'zod';
import { continuationVariables, nextVariables, storeVariables } from './variables.ts';

/** The environment of the score-records function: it never calls HubSpot and holds no token. */
export const scoreRecordsEnvironment = z.object({ ...storeVariables, ...continuationVariables, ...nextVariables });
