import { receiveWebhook } from '#hubspot/webhook/receive.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { receiveWebhookEnvironment } from '#platform/environment/receive-webhook.ts';
import { webhookFunction } from '../runtime/webhook-function.ts';

/** Called by HubSpot through the HTTP API: verifies a webhook, stores it and answers; it looks into none. */
export const handler = webhookFunction({
  environment: () => readEnvironment(receiveWebhookEnvironment),
  receive: receiveWebhook,
});
