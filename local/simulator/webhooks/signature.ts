import { createHash, createHmac } from 'node:crypto';

/** The escapes that HubSpot undoes in an address before it signs it (docs: validating requests). */
const undone = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** A webhook request as it is signed; `timestamp` in milliseconds. */
export interface Signed {
  readonly url: string;
  readonly body: string;
  readonly timestamp: number;
  readonly clientSecret: string;
}

/** The headers by which HubSpot signs a webhook: v3, and the old v1 that it still calls the version (observed). */
export function signatureHeaders({ url, body, timestamp, clientSecret }: Signed): Record<string, string> {
  const message = `POST${url.replace(undone, decodeURIComponent)}${body}${timestamp}`;
  return {
    'x-hubspot-request-timestamp': String(timestamp),
    'x-hubspot-signature-v3': createHmac('sha256', clientSecret).update(message).digest('base64'),
    'x-hubspot-signature': createHash('sha256').update(clientSecret).update(body).digest('hex'),
    'x-hubspot-signature-version': 'v1',
  };
}
