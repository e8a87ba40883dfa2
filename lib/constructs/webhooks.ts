import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ClientSecret } from './client-secret.ts';
import { ConnectorFunction } from './connector-function.ts';
import type { ContinuationQueue } from './continuations.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';
import { WebhookApi } from './webhook-api.ts';
import { WebhookQueue } from './webhook-queue.ts';

/** What webhooks need. */
export interface WebhooksProps {
  readonly table: RecordTable;
  readonly hubSpot: HubSpotAccess;
  readonly clientSecret: ClientSecret;
  /** Runs the scoring of those whom changes concern. */
  readonly scoring: ContinuationQueue;
  /** What HubSpot calls, where that is not the API's own URL. */
  readonly publicUrl?: string;
}

/** HubSpot waits five seconds, and sends again what it had no answer to: a webhook that was late is stored twice. */
const receiveTimeout = Duration.seconds(10);

/** Ten messages of a hundred events each take seconds; what a function did not return comes again in six minutes. */
const applyTimeout = Duration.minutes(1);

/** From HubSpot's call into the table: what comes in is verified and safe before anybody looks into it. */
export class Webhooks extends Construct {
  constructor(scope: Construct, id: string, { table, hubSpot, clientSecret, scoring, publicUrl }: WebhooksProps) {
    super(scope, id);
    const api = new WebhookApi(this, 'Api');
    const queue = new WebhookQueue(this, 'Queue', { timeout: applyTimeout });
    const url = publicUrl ?? api.url;
    const receive = new ConnectorFunction(this, 'ReceiveWebhook', {
      name: 'receive-webhook',
      description: 'Verifies webhooks and puts them into the queue',
      environment: { WEBHOOK_URL: url, ...queue.variables, ...clientSecret.variables },
      clientSecret,
      timeout: receiveTimeout,
    });
    queue.allowSend(receive.lambda);
    api.deliverTo(receive.lambda, receiveTimeout);
    const apply = new ConnectorFunction(this, 'ApplyChanges', {
      name: 'apply-changes',
      description: 'Applies what webhooks told to the table',
      environment: { ...table.variables, ...hubSpot.variables, ...scoring.nextVariables, ...queue.variables },
      table,
      hubSpot,
      next: scoring,
      timeout: applyTimeout,
    });
    queue.drive(apply.lambda);
    new CfnOutput(this, 'WebhookUrl', { value: url, description: 'To be set as target URL of the HubSpot app' });
  }
}
