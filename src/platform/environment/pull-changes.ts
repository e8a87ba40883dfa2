import * as z from 'zod';
import { continuationVariables, hubSpotVariables, storeVariables } from './variables.ts';

/** The environment of the pull-changes function. */
export const pullChangesEnvironment = z.object({ ...storeVariables, ...hubSpotVariables, ...continuationVariables });
