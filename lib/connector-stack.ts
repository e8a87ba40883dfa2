import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ClientSecret } from './constructs/client-secret.ts';
import { DeadLetters } from './constructs/continuations.ts';
import { HubSpotAccess } from './constructs/hubspot-access.ts';
import { Ingestion } from './constructs/ingestion.ts';
import { RecordTable } from './constructs/record-table.ts';
import { Scoring } from './constructs/scoring.ts';
import { Webhooks } from './constructs/webhooks.ts';
import { WriteBack } from './constructs/write-back.ts';

/** One connector for one portal. The region must be known: the table's key belongs to it. */
export interface ConnectorStackProps extends StackProps {
  readonly env: { readonly region: string; readonly account?: string };
  /** Name of the secret with the HubSpot access token. */
  readonly tokenSecretName?: string;
  /** Name of the secret with the client secret of the HubSpot app. */
  readonly clientSecretName?: string;
  /** What HubSpot calls, where that is not the API's own URL: a domain of the company's. Without a query. */
  readonly webhookUrl?: string;
  readonly hubSpotBaseUrl?: string;
  /** Keeps one concurrent execution for pulling. Default true; to be switched off where the account has too few of them. */
  readonly reserveConcurrency?: boolean;
}

/** Everything that is deployed; wires the constructs and owns no resource itself. */
export class ConnectorStack extends Stack {
  constructor(scope: Construct, id: string, props: ConnectorStackProps) {
    super(scope, id, props);
    const table = new RecordTable(this, 'Records');
    const hubSpot = new HubSpotAccess(this, 'HubSpot', {
      tokenSecretName: props.tokenSecretName ?? 'hubspot-cx-connector/access-token',
      baseUrl: props.hubSpotBaseUrl ?? 'https://api.hubapi.com',
    });
    const deadLetters = new DeadLetters(this, 'DeadLetters');
    const { reserveConcurrency = true } = props;
    new Ingestion(this, 'Ingestion', { table, hubSpot, deadLetters, reserveConcurrency });
    const clientSecret = new ClientSecret(this, 'ClientSecret', {
      secretName: props.clientSecretName ?? 'hubspot-cx-connector/client-secret',
    });
    const { further: writing } = new WriteBack(this, 'WriteBack', { table, hubSpot, deadLetters });
    const { further: scoring } = new Scoring(this, 'Scoring', { table, deadLetters, writing });
    const { webhookUrl } = props;
    new Webhooks(this, 'Webhooks', {
      table,
      hubSpot,
      clientSecret,
      scoring,
      ...(webhookUrl !== undefined && { publicUrl: webhookUrl }),
    });
  }
}
