import type { ObjectType } from '../../portals/portal.ts';

/** How HubSpot delivers webhooks (docs: webhooks guide). */
export const webhookDelivery = {
  /** Most events of one request. */
  eventsPerRequest: 100,
  /** What the docs give an endpoint; the header of live requests speaks of 10,000 (observed). */
  timeoutMs: 5_000,
  /** Requests under way at once, unless the app asks for another number. */
  concurrentRequests: 10,
  /** After the first attempt. */
  retries: 10,
} as const;

/**
 * Minutes before each retry: HubSpot states their number, that they vary, and that all of them pass within 24 hours; its
 * steps are not documented. Each is longer than the one before however both are varied.
 */
const minutesBeforeRetry = [1, 3, 8, 20, 45, 90, 150, 240, 330, 420];

/** Milliseconds from a failed attempt (0 is the first) to the next one; `unit` in [0, 1) varies it by a tenth. */
export function retryDelayMs(attempt: number, unit: number): number {
  return Math.round((minutesBeforeRetry[attempt] ?? 0) * 60_000 * (0.9 + 0.2 * unit));
}

/** Properties whose changes are never told, whoever subscribes (docs: webhooks guide, property changes). */
export const untoldProperties: ReadonlySet<string> = new Set([
  'hs_lastmodifieddate',
  'lastmodifieddate',
  'num_unique_conversion_events',
]);

/** Object types that have subscription types of their own (spec: webhooks); all others have `object.*` alone. */
export const classicTypes: readonly ObjectType[] = ['contacts', 'companies', 'deals', 'tickets'];

/** What can be subscribed to (spec: webhooks). */
export const webhookEvents = [
  'creation',
  'propertyChange',
  'deletion',
  'merge',
  'restore',
  'associationChange',
  'privacyDeletion',
] as const;
export type WebhookEventName = (typeof webhookEvents)[number];
