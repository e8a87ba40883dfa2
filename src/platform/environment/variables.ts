import * as z from 'zod';

/** Variables every function has: where the data is kept. */
export const storeVariables = {
  /** Name of the one DynamoDB table. */
  TABLE_NAME: z.string().min(3),
};

/** Variables of the functions that call HubSpot. */
export const hubSpotVariables = {
  /** Where HubSpot answers; another address only for a simulator or a proxy. */
  HUBSPOT_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.hubapi.com'),
  /** ARN or name of the secret that holds the access token of the private app; the token itself is never a variable. */
  HUBSPOT_TOKEN_SECRET: z.string().min(1),
};

/** Variables of the functions that go on by themselves where their time did not suffice. */
export const continuationVariables = {
  /** The function's own queue: a message in it runs the function again. */
  CONTINUATION_QUEUE_URL: z.url({ protocol: /^https?$/ }),
};

/** Variables of the functions whose results another one is waiting for. */
export const nextVariables = {
  /** The queue of the next step of the chain: a message in it runs that step. */
  NEXT_QUEUE_URL: z.url({ protocol: /^https?$/ }),
};

/** Variables of the functions at either end of the queue of webhooks. */
export const webhookQueueVariables = {
  /** Where webhooks wait to be applied. */
  WEBHOOK_QUEUE_URL: z.url({ protocol: /^https?$/ }),
};

/** Variables of the function that takes webhooks in. */
export const webhookVariables = {
  ...webhookQueueVariables,
  /** The URL HubSpot calls, letter by letter as the app's webhook settings have it: it is part of every signature. */
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).regex(/^[^?#]*$/, 'a URL without a query'),
  /** ARN or name of the secret that holds the app's client secret. */
  HUBSPOT_CLIENT_SECRET_NAME: z.string().min(1),
};
