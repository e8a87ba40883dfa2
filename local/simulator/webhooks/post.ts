import type { Clock } from '../../../src/pipeline/ports.ts';
import { webhookDelivery } from '../facts/webhooks.ts';
import type { Agenda } from './agenda.ts';
import { signatureHeaders } from './signature.ts';

/** Where webhooks go. */
export interface WebhookTarget {
  /** Where requests are sent. */
  readonly url: string;
  /** The address that is signed where it is another one: the app's public one, while requests stay on this machine. */
  readonly publicUrl?: string;
}

/** What sending a request needs. */
export interface Sending {
  readonly clock: Clock;
  readonly agenda: Agenda;
  readonly timeoutMs: number;
  readonly clientSecret: string;
  /** Breaks the request off. */
  readonly closing: AbortSignal;
}

/** Sends one request; true when the endpoint took it. */
export type Post = (target: WebhookTarget, body: string, sending: Sending) => Promise<boolean>;

/**
 * Sends one request, signed at this moment; true when the endpoint took it. A failed connection, no answer in time and
 * every 4xx and 5xx is a failure (docs: webhooks guide, retries).
 */
export async function post(
  { url, publicUrl = url }: WebhookTarget,
  body: string,
  { clock, agenda, timeoutMs, clientSecret, closing }: Sending,
): Promise<boolean> {
  const tooLate = new AbortController();
  const callOff = agenda.at(clock.now() + timeoutMs, () => tooLate.abort());
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'HubSpot Connect 2.0 - WebhooksExecutorDaemon-executor',
        'x-hubspot-timeout-millis': String(2 * webhookDelivery.timeoutMs),
        ...signatureHeaders({ url: publicUrl, body, timestamp: clock.now(), clientSecret }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([tooLate.signal, closing]),
    });
    await response.arrayBuffer();
    return response.status < 400;
  } catch {
    return false;
  } finally {
    callOff();
  }
}
