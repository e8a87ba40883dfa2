import * as z from 'zod';
import { webhookVariables } from './variables.ts';

/** The environment of the receive-webhook function: it knows neither the table nor the access token. */
export const receiveWebhookEnvironment = z.object({ ...webhookVariables });
