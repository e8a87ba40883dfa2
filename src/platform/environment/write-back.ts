import * as z from 'zod';
import { continuationVariables, hubSpotVariables, storeVariables } from './variables.ts';

/** The environment of the write-back function. */
export const writeBackEnvironment = z.object({ ...storeVariables, ...hubSpotVariables, ...continuationVariables });
