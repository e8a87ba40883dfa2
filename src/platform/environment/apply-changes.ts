import * as z from 'zod';
import { hubSpotVariables, nextVariables, storeVariables, webhookQueueVariables } from './variables.ts';

/** The environment of the apply-changes function: its webhooks were verified before they were queued. */
export const applyChangesEnvironment = z.object({
  ...storeVariables,
  ...hubSpotVariables,
  ...nextVariables,
  ...webhookQueueVariables,
});
