import { readSecret } from './secret.ts';

/** The access token with which HubSpot is called. */
export const readAccessToken = (secret: string): Promise<string> =>
  readSecret(secret, {
    called: 'The HubSpot token',
    remedy: 'Put the access token of the HubSpot private app into the secret, as plain text.',
  });
