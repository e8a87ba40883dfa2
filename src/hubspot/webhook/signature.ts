import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#domain/records/record.ts';

/** A request as it was signed: nothing parsed, nothing rebuilt. */
export interface SignedRequest {
  /** As sent: `POST`. */
  readonly method: string;
  /** The full public URL that HubSpot called, with its query if it had one. */
  readonly url: string;
  readonly body: Uint8Array;
  /** `X-HubSpot-Signature-v3`, as sent. */
  readonly signature: string | undefined;
  /** `X-HubSpot-Request-Timestamp`, as sent: milliseconds since the epoch, in digits. */
  readonly timestamp: string | undefined;
}

/** What a signature is judged by. */
export interface Judging {
  /** The app's client secret; during its rotation the old one and the new one. */
  readonly secrets: readonly string[];
  /** When the request arrived. */
  readonly now: Instant;
}

/** `because` may be logged: it holds no part of the request and no secret. */
export type Verification = { readonly verified: true } | { readonly verified: false; readonly because: string };

/** Signatures older than this are refused; so are those from further ahead, which no clock explains. */
export const toleranceMs = 5 * 60_000;

/**
 * What HubSpot decodes in a URL before it signs it; everything else stays as it is, `%20` and a lower-case `%3a` included.
 * https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
 */
const decodings: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

const encoded = new RegExp(Object.keys(decodings).join('|'), 'g');

/** A URL as HubSpot decodes it for signing. */
const decodedUrl = (url: string): string => url.replace(encoded, (code) => decodings[code] ?? code);

/** HMAC-SHA256, in base64, over method, URL, raw body and timestamp: what the v3 header holds. */
const signatureOf = ({ method, body, timestamp = '' }: SignedRequest, url: string, secret: string): string =>
  createHmac('sha256', secret).update(method).update(url).update(body).update(timestamp).digest('base64');

/** Compares the texts and not the bytes they stand for: the same bytes can be written in base64 in several ways. */
function sameText(given: Buffer, expected: string): boolean {
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Whether HubSpot signed this request within five minutes of `now`. v1 and v2, which can be replayed, are no signatures. */
export function verifySignature(request: SignedRequest, { secrets, now }: Judging): Verification {
  const { url, signature, timestamp } = request;
  if (!signature) return refused('The header X-HubSpot-Signature-v3 is missing.');
  if (!timestamp) return refused('The header X-HubSpot-Request-Timestamp is missing.');
  if (!/^\d{1,15}$/.test(timestamp)) return refused('The timestamp is not a number of milliseconds.');
  const age = now - Number(timestamp);
  if (age > toleranceMs) return refused('The signature is older than five minutes.');
  if (age < -toleranceMs) return refused('The signature is more than five minutes ahead of our clock.');

  const keys = secrets.filter((secret) => secret !== '');
  if (keys.length === 0) return refused('There is no client secret to verify it with.');
  const given = Buffer.from(signature);
  const urls = new Set([url, decodedUrl(url)]);
  const candidates = keys.flatMap((secret) => [...urls].map((each) => signatureOf(request, each, secret)));
  // All of them are compared, so that the time taken does not tell which one came near.
  const matching = candidates.filter((candidate) => sameText(given, candidate));
  return matching.length > 0 ? { verified: true } : refused('The signature is not that of this request.');
}

const refused = (because: string): Verification => ({ verified: false, because });
