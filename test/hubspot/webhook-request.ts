import { createHmac } from 'node:crypto';

/** What HubSpot signs of a webhook. */
export interface Signing {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly secret: string;
}

/** The headers of a webhook that HubSpot sends at a moment, as an HTTP API passes them on. */
export const signatureHeaders = ({ url, bytes, at, secret }: Signing): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  'x-hubspot-request-timestamp': String(at),
  'x-hubspot-signature-v3': createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from(`POST${url}`), bytes, Buffer.from(String(at))]))
    .digest('base64'),
});
