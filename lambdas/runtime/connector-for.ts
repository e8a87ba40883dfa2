import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Connector } from '#pipeline/connector.ts';
import { readAccessToken } from './access-token.ts';
import { offlineConnector } from './offline-connector.ts';

/** What a function's environment says about its connector. */
export interface ConnectorEnvironment {
  readonly TABLE_NAME: string;
  readonly HUBSPOT_BASE_URL: string;
  readonly HUBSPOT_TOKEN_SECRET: string;
}

/** The connector of a function that calls HubSpot, from its environment and `connector.config.ts`. */
export async function connectorFor(environment: ConnectorEnvironment): Promise<Connector> {
  const connector = offlineConnector(environment);
  const { clock, config } = connector;
  const accessToken = await readAccessToken(environment.HUBSPOT_TOKEN_SECRET);
  const baseUrl = environment.HUBSPOT_BASE_URL;
  return { ...connector, crm: hubSpotCrm({ baseUrl, accessToken, config, clock }) };
}
