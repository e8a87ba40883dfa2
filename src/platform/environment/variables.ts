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
