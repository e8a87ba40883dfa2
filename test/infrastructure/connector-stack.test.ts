import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { type FunctionName, functionEnvironments } from '#platform/environment/functions.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { sourceFiles } from '../architecture/source-files.ts';
import { resourcesOf, synthesized } from './synthesized.ts';

interface FunctionProperties {
  readonly Description: string;
  readonly Timeout: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Role: { readonly 'Fn::GetAtt': [string, string] };
  readonly Environment: { readonly Variables: Record<string, unknown> };
  readonly LoggingConfig: { readonly LogGroup: { readonly Ref: string } };
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface PolicyProperties {
  readonly PolicyDocument: { readonly Statement: Statement[] };
  readonly Roles: { readonly Ref: string }[];
}

interface QueueProperties {
  readonly VisibilityTimeout?: number;
  readonly MessageRetentionPeriod: number;
  readonly SqsManagedSseEnabled: boolean;
  readonly RedrivePolicy?: {
    readonly deadLetterTargetArn: { readonly 'Fn::GetAtt': [string, string] };
    readonly maxReceiveCount: number;
  };
}

interface EventSourceProperties {
  readonly BatchSize: number;
  readonly EventSourceArn: { readonly 'Fn::GetAtt': [string, string] };
  readonly FunctionName: { readonly Ref: string };
}

interface ScheduleProperties {
  readonly ScheduleExpression: string;
  readonly Target: { readonly Arn: { readonly 'Fn::GetAtt': [string, string] }; readonly Input: string };
}

/** Each function by a part of its logical id. */
const logicalName: Record<FunctionName, string> = {
  'receive-webhook': 'ReceiveWebhook',
  'apply-changes': 'ApplyChanges',
  'pull-changes': 'PullChanges',
  reconcile: 'Reconcile',
  'compute-metrics': 'ComputeMetrics',
  'score-records': 'ScoreRecords',
  'write-back': 'WriteBack',
};
const names = Object.keys(logicalName) as FunctionName[];
const onRecords = names.filter((name) => 'TABLE_NAME' in functionEnvironments[name].shape);

describe('the deployed connector', () => {
  let template: Template;
  let functions: Record<FunctionName, FunctionProperties>;
  let statementsOf: (name: FunctionName) => Statement[];

  const actionsOf = (statements: Statement[]): string[] => statements.flatMap(({ Action }) => Action).sort();
  const idOf = (name: FunctionName): string => {
    const ids = Object.keys(resourcesOf(template, 'AWS::Lambda::Function'));
    return ids.find((id) => id.includes(logicalName[name])) ?? '';
  };

  beforeAll(() => {
    template = synthesized();
    const lambdas = resourcesOf<FunctionProperties>(template, 'AWS::Lambda::Function');
    functions = Object.fromEntries(names.map((name) => [name, lambdas[idOf(name)]?.Properties])) as typeof functions;
    const policies = Object.values(resourcesOf<PolicyProperties>(template, 'AWS::IAM::Policy'));
    statementsOf = (name) =>
      policies
        .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref === functions[name].Role['Fn::GetAtt'][0]))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  });

  test('keeps customer data in one table with a key of its own, restorable to any second, safe from deletion', () => {
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { KMSMasterKeyId: Match.anyValue() },
          }),
        ],
      },
    });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  });

  test('has one function for each environment schema, on Node 24 and Graviton', () => {
    expect(names.sort()).toEqual(Object.keys(functionEnvironments).sort());
    template.resourceCountIs('AWS::Lambda::Function', names.length);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  });

  test.each(names)('gives %s the whole environment it reads, and nothing else of ours', (name) => {
    const given = functions[name].Environment.Variables;
    const expected = Object.keys(functionEnvironments[name].shape);
    const settingsOfTheExtension = /^(PARAMETERS_SECRETS_EXTENSION|SECRETS_MANAGER|SSM_PARAMETER_STORE)_/;
    expect(
      Object.keys(given)
        .filter((variable) => !settingsOfTheExtension.test(variable))
        .sort(),
    ).toEqual(expected.sort());
    const deployed = Object.fromEntries(
      Object.entries(given).map(([variable, value]) => [
        variable,
        typeof value === 'string' ? value : 'https://resolved',
      ]),
    );
    expect(Object.keys(readEnvironment(functionEnvironments[name], deployed)).sort()).toEqual(expected);
  });

  test('no function is given a token: neither in a variable nor in the template', () => {
    for (const name of names)
      expect(Object.keys(functions[name].Environment.Variables)).not.toContain('HUBSPOT_ACCESS_TOKEN');
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\bpat-(na|eu)\d|resolve:secretsmanager/);
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test.each(onRecords)('lets %s do with the items of the table what the store does, and no more', (name) => {
    const commands = sourceFiles('src/store').flatMap(({ text }) => [...text.matchAll(/new (\w+)Command\(/g)]);
    // The table is created by the stack, or by the local run.
    const used = commands.map(([, command]) => storeOperation(command ?? '')).filter((name) => name !== 'CreateTable');
    const allowed = actionsOf(statementsOf(name)).filter((action) => action.startsWith('dynamodb:'));
    expect(allowed).toEqual([...new Set(used)].map((operation) => `dynamodb:${operation}`).sort());
  });

  test.each(onRecords)('lets %s use the key of the table only through DynamoDB', (name) => {
    const onKey = statementsOf(name).filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('kms:')),
    );
    expect(onKey).toHaveLength(1);
    expect(onKey[0]?.Condition).toEqual({ StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } });
  });

  test('lets only the functions that call HubSpot read its token', () => {
    const reading = names.filter((name) =>
      statementsOf(name).some(
        ({ Action, Resource }) =>
          [Action].flat().includes('secretsmanager:GetSecretValue') &&
          JSON.stringify(Resource).includes('access-token'),
      ),
    );
    expect(reading.sort()).toEqual(['apply-changes', 'pull-changes', 'reconcile', 'write-back']);
  });

  test('allows no action by wildcard and nothing on all resources', () => {
    const policies = Object.values(resourcesOf<PolicyProperties>(template, 'AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.length).toBeGreaterThan(names.length);
    expect(actionsOf(statements).filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.filter(({ Resource }) => [Resource].flat().includes('*'))).toEqual([]);
  });

  test('gives every function a role of its own and a log group that forgets after a month', () => {
    const roles = resourcesOf<{ ManagedPolicyArns?: unknown }>(template, 'AWS::IAM::Role');
    expect(new Set(names.map((name) => functions[name].Role['Fn::GetAtt'][0])).size).toBe(names.length);
    expect(Object.values(roles).filter(({ Properties }) => Properties.ManagedPolicyArns !== undefined)).toEqual([]);
    const groups = resourcesOf<{ RetentionInDays: number }>(template, 'AWS::Logs::LogGroup');
    for (const name of names)
      expect(groups[functions[name].LoggingConfig.LogGroup.Ref]?.Properties.RetentionInDays).toBe(30);
  });

  test('runs the steps every five minutes, one after the other, and compares with HubSpot every night', () => {
    const schedules = Object.values(resourcesOf<ScheduleProperties>(template, 'AWS::Scheduler::Schedule'));
    const runs = names.map((name) => {
      const own = schedules.filter(({ Properties }) => Properties.Target.Arn['Fn::GetAtt'][0] === idOf(name));
      return [name, ...own.map(({ Properties }) => `${Properties.ScheduleExpression} ${Properties.Target.Input}`)];
    });
    expect(runs).toEqual(
      expect.arrayContaining([
        ['pull-changes', 'cron(0/5 * * * ? *) {}'],
        ['compute-metrics', 'cron(1/5 * * * ? *) {}'],
        ['score-records', 'cron(2/5 * * * ? *) {}'],
        ['write-back', 'cron(3/5 * * * ? *) {"mode":"write"}'],
        ['reconcile', 'cron(34 2 * * ? *) {}'],
      ]),
    );
    for (const name of names) expect(functions[name].Timeout).toBeLessThan(300);
    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', names.length);
    template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });

  test('gives each step that goes on by itself a queue of its own, into which it and the step before may send', () => {
    const before: Partial<Record<FunctionName, FunctionName>> = {
      'score-records': 'apply-changes',
      'write-back': 'score-records',
    };
    const sources = Object.values(resourcesOf<EventSourceProperties>(template, 'AWS::Lambda::EventSourceMapping'));
    const queueOf = (name: FunctionName): string | undefined =>
      sources.find(({ Properties }) => Properties.FunctionName.Ref === idOf(name))?.Properties.EventSourceArn[
        'Fn::GetAtt'
      ][0];
    const sendersTo = (queue: string | undefined): FunctionName[] =>
      names.filter((name) =>
        statementsOf(name).some(
          ({ Action, Resource }) =>
            [Action].flat().includes('sqs:SendMessage') && JSON.stringify(Resource).includes(`"${queue}"`),
        ),
      );
    const continuing = names.filter((name) => 'CONTINUATION_QUEUE_URL' in functions[name].Environment.Variables);
    expect(continuing).toEqual(['pull-changes', 'reconcile', 'score-records', 'write-back']);
    expect(sources.filter(({ Properties }) => Properties.BatchSize === 1)).toHaveLength(continuing.length);
    for (const name of continuing) {
      const queue = queueOf(name);
      const sender = before[name];
      expect(functions[name].Environment.Variables['CONTINUATION_QUEUE_URL']).toEqual({ Ref: queue });
      expect(sendersTo(queue)).toEqual(names.filter((each) => each === name || each === sender));
      if (sender) expect(functions[sender].Environment.Variables['NEXT_QUEUE_URL']).toEqual({ Ref: queue });
    }
    expect(new Set(continuing.map(queueOf)).size).toBe(continuing.length);
  });

  test('keeps the messages encrypted and for as long as they are of use, and those nobody took for 14 days', () => {
    const byId = resourcesOf<QueueProperties>(template, 'AWS::SQS::Queue');
    const queues = Object.values(byId).map(({ Properties }) => Properties);
    const deadLetters = queues.filter(({ RedrivePolicy }) => RedrivePolicy === undefined);
    expect(deadLetters.map(({ MessageRetentionPeriod }) => MessageRetentionPeriod)).toEqual([14 * 86_400, 14 * 86_400]);
    const isContinuation = ([id]: [string, unknown]): boolean => id.includes('Further');
    const driving = Object.entries(byId)
      .filter(isContinuation)
      .map(([, { Properties }]) => Properties);
    expect(driving).toHaveLength(4);
    for (const { VisibilityTimeout = 0, MessageRetentionPeriod, RedrivePolicy } of driving) {
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * 240);
      expect(RedrivePolicy?.maxReceiveCount).toBe(5);
      expect(MessageRetentionPeriod).toBeGreaterThan(5 * VisibilityTimeout);
    }
    expect(queues.every(({ SqsManagedSseEnabled }) => SqsManagedSseEnabled)).toBe(true);
    const policies = Object.values(resourcesOf<PolicyProperties>(template, 'AWS::SQS::QueuePolicy'));
    const unencrypted = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(unencrypted.map(({ Effect, Condition }) => [Effect, Condition])).toEqual(
      queues.map(() => ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }]),
    );
  });

  test('reserves one execution for pulling, unless the account has too few to reserve any', () => {
    const reserved = names.filter((name) => functions[name].ReservedConcurrentExecutions !== undefined);
    expect(reserved).toEqual(['pull-changes']);
    expect(functions['pull-changes'].ReservedConcurrentExecutions).toBe(1);
    const small = resourcesOf<FunctionProperties>(synthesized({ reserveConcurrency: false }), 'AWS::Lambda::Function');
    for (const { Properties } of Object.values(small))
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });
});

/** The document client's short names for DynamoDB's operations. */
function storeOperation(command: string): string {
  const documentNames: Record<string, string> = {
    Get: 'GetItem',
    Put: 'PutItem',
    Delete: 'DeleteItem',
    Update: 'UpdateItem',
    BatchGet: 'BatchGetItem',
    BatchWrite: 'BatchWriteItem',
  };
  return documentNames[command] ?? command;
}
