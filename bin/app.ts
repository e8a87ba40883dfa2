import { App } from 'aws-cdk-lib';
import { ConnectorStack } from '#lib/connector-stack.ts';

const app = new App({ analyticsReporting: false });
const account = process.env['CDK_DEFAULT_ACCOUNT'];
// `-c webhookUrl=https://…` where HubSpot calls a domain of the company's instead of the API's own.
const webhookUrl: unknown = app.node.tryGetContext('webhookUrl');

new ConnectorStack(app, 'HubSpotCxConnector', {
  description: 'hubspot-cx-connector: customer-experience scores on HubSpot records',
  env: { region: process.env['CDK_DEFAULT_REGION'] ?? 'eu-central-1', ...(account !== undefined && { account }) },
  // `-c reserveConcurrency=false` for accounts whose quota of concurrent executions is too small to keep one of them.
  reserveConcurrency: app.node.tryGetContext('reserveConcurrency') !== 'false',
  ...(typeof webhookUrl === 'string' && { webhookUrl }),
  terminationProtection: true,
});
