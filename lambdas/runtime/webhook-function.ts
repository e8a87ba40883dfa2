import * as z from 'zod';
import type { Receipt, Receiving } from '#hubspot/webhook/receive.ts';
import { PayloadError } from '#platform/errors.ts';
import { systemClock } from '#platform/system-clock.ts';
import { clientSecrets } from './client-secrets.ts';
import { failureReport } from './failure.ts';
import { held, lambdaHandler } from './lambda-handler.ts';
import { countFigures, logger } from './telemetry.ts';
import { webhookQueue } from './webhook-queue.ts';

/** How long secrets are kept in memory; the extension beside the function keeps them as long again. */
const secretsKeptMs = 60_000;

/** The part of an HTTP API's event (payload format 2.0) that a webhook is made of. */
const httpEvent = z.object({
  headers: z.record(z.string(), z.string()),
  rawQueryString: z.string().optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

/** What makes the receiving of webhooks a Lambda function. */
export interface WebhookFunction {
  readonly environment: () => {
    readonly WEBHOOK_URL: string;
    readonly WEBHOOK_QUEUE_URL: string;
    readonly HUBSPOT_CLIENT_SECRET_NAME: string;
  };
  readonly receive: (receiving: Receiving) => Promise<Receipt>;
}

/** Answers an HTTP API with a status alone. What is thrown, such as a secret that cannot be read, it answers with 500. */
export function webhookFunction({ environment, receive }: WebhookFunction) {
  const door = held(() => {
    const { WEBHOOK_URL, WEBHOOK_QUEUE_URL, HUBSPOT_CLIENT_SECRET_NAME } = environment();
    return {
      publicUrl: WEBHOOK_URL,
      enqueue: webhookQueue(WEBHOOK_QUEUE_URL),
      secrets: clientSecrets(HUBSPOT_CLIENT_SECRET_NAME, systemClock),
    };
  });

  const run = async (event: unknown): Promise<{ readonly statusCode: number }> => {
    const request = requestOf(event);
    const { secrets, ...where } = door.get();
    const received = async (maxAgeMs: number): Promise<Receipt> =>
      receive({ ...where, request, secrets: await secrets(maxAgeMs), now: systemClock.now() });
    const first = await received(secretsKeptMs);
    // It may be signed by a new secret. A flood of wrong signatures asks the extension, not Secrets Manager.
    const receipt = first.outcome === 'refused' ? await received(0) : first;
    report(receipt);
    return { statusCode: receipt.statusCode };
  };

  return lambdaHandler(run, door.drop);
}

function requestOf(event: unknown): z.output<typeof httpEvent> {
  const read = httpEvent.safeParse(event);
  if (read.success) return read.data;
  const remedy = 'Call this function by its HTTP API, with payload format 2.0.';
  throw new PayloadError('The event is no request of an HTTP API.', remedy);
}

const counted = {
  stored: 'WebhooksStored',
  refused: 'WebhooksRefused',
  'too-large': 'WebhooksTooLarge',
  'not-stored': 'WebhooksNotStored',
} as const;

/** Counts what became of a webhook, and says why it was not stored. */
function report(receipt: Receipt): void {
  countFigures({ [counted[receipt.outcome]]: 1 });
  if (receipt.outcome === 'stored') return;
  const { outcome, because } = receipt;
  const failure = receipt.outcome === 'not-stored' ? { failure: failureReport(receipt.cause) } : {};
  logger.warn('webhook not stored', { outcome, because, ...failure });
}
