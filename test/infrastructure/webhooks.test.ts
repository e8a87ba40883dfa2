import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Resource, resourcesOf, synthesized } from './synthesized.ts';

type Reference = { readonly Ref: string };
type Attribute = { readonly 'Fn::GetAtt': readonly [string, string] };

interface FunctionProperties {
  readonly Timeout: number;
  readonly Role: Attribute;
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}
interface PolicyProperties {
  readonly PolicyDocument: {
    readonly Statement: readonly { readonly Action: string | readonly string[]; readonly Resource: unknown }[];
  };
  readonly Roles: readonly Reference[];
}
interface QueueProperties {
  readonly VisibilityTimeout: number;
  readonly MessageRetentionPeriod: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: Attribute; readonly maxReceiveCount: number };
}
interface EventSourceProperties {
  readonly EventSourceArn: Attribute;
}
interface StageProperties {
  readonly StageName: string;
  readonly DefaultRouteSettings: { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number };
  readonly AccessLogSettings: { readonly DestinationArn: Attribute; readonly Format: string };
}
interface IntegrationProperties {
  readonly IntegrationUri: Attribute;
  readonly PayloadFormatVersion: string;
}

describe('the door for webhooks', () => {
  let template: Template;

  const only = <Properties>(type: string, part = ''): [string, Resource<Properties>] => {
    const found = Object.entries(resourcesOf<Properties>(template, type)).filter(([id]) => id.includes(part));
    expect(found, `${type} ${part}`).toHaveLength(1);
    return found[0] as [string, Resource<Properties>];
  };
  const receive = () => only<FunctionProperties>('AWS::Lambda::Function', 'ReceiveWebhook');
  const apiId = (): string => only('AWS::ApiGatewayV2::Api')[0];
  const queueId = (): string => {
    const url = receive()[1].Properties.Environment.Variables['WEBHOOK_QUEUE_URL'] as Reference;
    return url.Ref;
  };

  beforeAll(() => {
    template = synthesized();
  });

  test('is one route, POST /hubspot/webhook, to receive-webhook in payload format 2.0', () => {
    const [, route] = only<{ readonly RouteKey: string }>('AWS::ApiGatewayV2::Route');
    expect(route.Properties.RouteKey).toBe('POST /hubspot/webhook');
    const [, { Properties: integration }] = only<IntegrationProperties>('AWS::ApiGatewayV2::Integration');
    expect(integration.PayloadFormatVersion).toBe('2.0');
    expect(integration.IntegrationUri).toEqual({ 'Fn::GetAtt': [receive()[0], 'Arn'] });
  });

  test("tells the function the API's own URL, which no stage is part of: it is what HubSpot signs", () => {
    const url = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [apiId(), 'ApiEndpoint'] }, '/hubspot/webhook']] };
    expect(receive()[1].Properties.Environment.Variables['WEBHOOK_URL']).toEqual(url);
    expect(only<StageProperties>('AWS::ApiGatewayV2::Stage')[1].Properties.StageName).toBe('$default');
    expect(Object.values(template.findOutputs('*')).map(({ Value }) => Value)).toContainEqual(url);
  });

  test('may have a domain of the company: then that is signed', () => {
    const webhookUrl = 'https://hooks.example.com/hubspot/webhook';
    const lambdas = resourcesOf<FunctionProperties>(synthesized({ webhookUrl }), 'AWS::Lambda::Function');
    const [, own] = Object.entries(lambdas).find(([id]) => id.includes('ReceiveWebhook')) ?? [];
    expect(own?.Properties.Environment.Variables['WEBHOOK_URL']).toBe(webhookUrl);
  });

  test('lets nobody in faster than it can bear, and notes who came, but nothing of what was sent', () => {
    const [, { Properties: stage }] = only<StageProperties>('AWS::ApiGatewayV2::Stage');
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 100 });
    const logs = resourcesOf<{ readonly RetentionInDays: number }>(template, 'AWS::Logs::LogGroup');
    expect(logs[stage.AccessLogSettings.DestinationArn['Fn::GetAtt'][0]]?.Properties.RetentionInDays).toBe(30);
    const noted = Object.values(JSON.parse(stage.AccessLogSettings.Format));
    expect(noted).toContain('$context.status');
    expect(noted.filter((value) => /header|query|body|path/i.test(String(value)))).toEqual([]);
  });

  test('lets receive-webhook read the client secret, send to the one queue, write its log, and nothing else', () => {
    const role = receive()[1].Properties.Role['Fn::GetAtt'][0];
    const statements = Object.values(resourcesOf<PolicyProperties>(template, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const allowed = statements.flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => [action, JSON.stringify(Resource)] as const),
    );
    const actions = allowed.map(([action]) => action).sort();
    expect(actions).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ]);
    const on = Object.fromEntries(allowed);
    expect(on['secretsmanager:GetSecretValue']).toContain(':secret:hubspot-cx-connector/client-secret-??????');
    expect(on['sqs:SendMessage']).toBe(JSON.stringify({ 'Fn::GetAtt': [queueId(), 'Arn'] }));
  });

  test('lets no other function read the client secret', () => {
    const policies = Object.values(resourcesOf<PolicyProperties>(template, 'AWS::IAM::Policy'));
    const reading = policies.filter(({ Properties }) => JSON.stringify(Properties).includes('client-secret'));
    const role = receive()[1].Properties.Role['Fn::GetAtt'][0];
    expect(reading.flatMap(({ Properties }) => Properties.Roles.map(({ Ref }) => Ref))).toEqual([role]);
  });

  test('answers before HubSpot has forgotten that it asked', () => {
    expect(receive()[1].Properties.Timeout).toBeLessThanOrEqual(10);
  });

  test('hands what is queued to apply-changes, within a second, and only what failed a second time', () => {
    const [id, apply] = only<FunctionProperties>('AWS::Lambda::Function', 'ApplyChanges');
    const sources = resourcesOf<EventSourceProperties>(template, 'AWS::Lambda::EventSourceMapping');
    const own = Object.values(sources).filter(
      ({ Properties }) => Properties.EventSourceArn['Fn::GetAtt'][0] === queueId(),
    );
    expect(own.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        FunctionName: { Ref: id },
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 1,
        ScalingConfig: { MaximumConcurrency: 3 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ]);
    const visible = resourcesOf<QueueProperties>(template, 'AWS::SQS::Queue')[queueId()]?.Properties.VisibilityTimeout;
    expect(visible).toBeGreaterThanOrEqual(6 * apply.Properties.Timeout);
  });

  test('keeps webhooks for a week, and those that cannot be applied apart, for at least another', () => {
    const queues = resourcesOf<QueueProperties>(template, 'AWS::SQS::Queue');
    const webhooks = queues[queueId()]?.Properties;
    const deadLetterId = webhooks?.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0] ?? '';
    expect(webhooks?.MessageRetentionPeriod).toBe(7 * 86_400);
    expect(webhooks?.VisibilityTimeout).toBe(6 * 60);
    expect(webhooks?.RedrivePolicy?.maxReceiveCount).toBe(10);
    // A message keeps its first date when it becomes a dead letter.
    expect(queues[deadLetterId]?.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    const sharing = Object.values(queues).filter(
      ({ Properties }) => Properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0] === deadLetterId,
    );
    expect(sharing).toHaveLength(1);
  });
});
