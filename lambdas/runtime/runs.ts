import type { Lane } from '#hubspot/lanes.ts';
import type { Connector, OfflineConnector } from '#pipeline/connector.ts';
import type { LeaseBook } from '#pipeline/ports.ts';
import { type ConnectorEnvironment, connectorFor } from './connector-for.ts';
import { continuationQueue, type SendContinuation } from './continuation-queue.ts';
import { offlineConnector } from './offline-connector.ts';

/** What a function that goes on by itself holds from one run to the next. */
export interface Runs<C> {
  readonly connector: C;
  readonly leases: LeaseBook;
  /** Calls sent to HubSpot so far. */
  readonly calls: () => number;
  /** Sends a run of this function. */
  readonly send: SendContinuation;
  /** Has the next step of the chain begin; absent where there is none. */
  readonly next?: SendContinuation;
}

/** Of a step that calls HubSpot. */
export function hubSpotRuns(
  environment: ConnectorEnvironment & { readonly CONTINUATION_QUEUE_URL: string },
  lane: Lane,
): Runs<Connector> {
  const connector = connectorFor(environment, lane);
  const { crm, unhurried, leases } = connector;
  const calls = (): number => crm.calls().total + unhurried.calls().total;
  return { connector, leases, calls, send: continuationQueue(environment.CONTINUATION_QUEUE_URL) };
}

/** Of a step that works on the table alone. */
export function offlineRuns(environment: {
  readonly TABLE_NAME: string;
  readonly CONTINUATION_QUEUE_URL: string;
  readonly NEXT_QUEUE_URL: string;
}): Runs<OfflineConnector> {
  const connector = offlineConnector(environment);
  return {
    connector,
    leases: connector.store,
    calls: () => 0,
    send: continuationQueue(environment.CONTINUATION_QUEUE_URL),
    next: continuationQueue(environment.NEXT_QUEUE_URL),
  };
}
