import type { Instant } from '#domain/records/record.ts';
import { messageOf } from './message.ts';
import { type SignedRequest, verifySignature } from './signature.ts';

/** A request as an HTTP API hands it over (payload format 2.0): names of headers in lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawQueryString?: string | undefined;
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** What receiving needs. */
export interface Receiving {
  readonly request: WebhookRequest;
  /** The URL that HubSpot was given to call, without a query: a signature covers it letter by letter. */
  readonly publicUrl: string;
  /** The app's client secret; during its rotation the old one and the new one. */
  readonly secrets: readonly string[];
  readonly now: Instant;
  /** Resolves when the message is safe. */
  readonly enqueue: (message: string) => Promise<void>;
}

/**
 * What a webhook came to, and the status to answer. HubSpot repeats whatever is not answered with 2xx, up to ten times
 * within a day: 401 is for what is not HubSpot's, 503 for what it shall send again, 204 for all else, however malformed.
 * `because` may be logged; `cause` is what the queue said.
 */
export type Receipt =
  | { readonly outcome: 'stored'; readonly statusCode: 204 }
  /** Larger than a queue takes. Sent again it would be no smaller; the next pull reads what changed. */
  | { readonly outcome: 'too-large'; readonly statusCode: 204; readonly because: string }
  | { readonly outcome: 'refused'; readonly statusCode: 401; readonly because: string }
  | { readonly outcome: 'not-stored'; readonly statusCode: 503; readonly because: string; readonly cause: unknown };

/** Verifies a webhook and stores it as it is; nobody looks into it before it is safe. */
export async function receiveWebhook({ request, publicUrl, secrets, now, enqueue }: Receiving): Promise<Receipt> {
  const signed = signedRequest(request, publicUrl);
  const judged = verifySignature(signed, { secrets, now });
  if (!judged.verified) return { outcome: 'refused', statusCode: 401, because: judged.because };
  const message = messageOf(signed, now);
  if (message === null)
    return { outcome: 'too-large', statusCode: 204, because: `${signed.body.length} bytes do not fit into a message.` };
  try {
    await enqueue(message);
    return { outcome: 'stored', statusCode: 204 };
  } catch (cause) {
    return { outcome: 'not-stored', statusCode: 503, because: 'The queue did not take it.', cause };
  }
}

const signedRequest = (request: WebhookRequest, publicUrl: string): SignedRequest => {
  const { headers, rawQueryString = '', body = '', isBase64Encoded = false } = request;
  return {
    method: request.requestContext.http.method,
    url: rawQueryString === '' ? publicUrl : `${publicUrl}?${rawQueryString}`,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    signature: headers['x-hubspot-signature-v3'],
    timestamp: headers['x-hubspot-request-timestamp'],
  };
};
