import { crmInLanes } from '#hubspot/crm-in-lanes.ts';
import type { Lane } from '#hubspot/lanes.ts';
import type { Connector } from '#pipeline/connector.ts';
import type { Crm, LeaseBook } from '#pipeline/ports.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import { readAccessToken } from './access-token.ts';
import { offlineConnector } from './offline-connector.ts';

/** What a function's environment says about its connector. */
export interface ConnectorEnvironment {
  readonly TABLE_NAME: string;
  readonly HUBSPOT_BASE_URL: string;
  readonly HUBSPOT_TOKEN_SECRET: string;
}

/**
 * The connector of a function that calls HubSpot, from its environment and `connector.config.ts`. Its calls share the
 * account's limits, by the lease book in the table, with every other function's; `lane` says how urgent they are, and work
 * that may wait comes after all others. The token is read with the first call, and again where HubSpot no longer takes it.
 */
export function connectorFor(
  environment: ConnectorEnvironment,
  lane: Lane,
): Connector & { readonly unhurried: Crm; readonly leases: LeaseBook } {
  const connector = offlineConnector(environment);
  const { clock, config } = connector;
  const leases = dynamoLeaseBook({ tableName: environment.TABLE_NAME });
  const baseUrl = environment.HUBSPOT_BASE_URL;
  const accessToken = () => readAccessToken(environment.HUBSPOT_TOKEN_SECRET);
  return { ...connector, ...crmInLanes({ baseUrl, accessToken, config, clock }, { leases, lane }), leases };
}
