import * as z from 'zod';
import { continuationVariables, hubSpotVariables, storeVariables } from './variables.ts';

/** The environment of the reconcile function. */
export const reconcileEnvironment = z.object({ ...storeVariables, ...hubSpotVariables, ...continuationVariables });
