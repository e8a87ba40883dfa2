import written from '#config';
import { describeOutputs, sameOutput } from '#hubspot/outputs.ts';
import { withUsableHours } from '#pipeline/business.ts';
import type { OfflineConnector } from '#pipeline/connector.ts';
import { readConfig } from '#platform/read-config.ts';
import { systemClock } from '#platform/system-clock.ts';
import { dynamoStore } from '#store/dynamo-store.ts';

/** The connector of a function that works on the table alone: it holds no token and no HubSpot client. */
export const offlineConnector = ({ TABLE_NAME }: { readonly TABLE_NAME: string }): OfflineConnector => ({
  store: dynamoStore({ tableName: TABLE_NAME }),
  crm: { describeOutputs, sameOutput },
  clock: systemClock,
  config: withUsableHours(readConfig(written)),
});
