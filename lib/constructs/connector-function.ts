import { join } from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, VariablesOf } from '#platform/environment/functions.ts';
import { bundleFunction, projectRoot } from '../bundle.ts';
import type { ClientSecret } from './client-secret.ts';
import type { ContinuationQueue } from './continuations.ts';
import type { HubSpotAccess } from './hubspot-access.ts';
import type { RecordTable } from './record-table.ts';

/** What differs from function to function. */
export interface ConnectorFunctionProps<Name extends FunctionName> {
  /** The folder in lambdas/. */
  readonly name: Name;
  readonly description: string;
  /** Every variable of the function's environment schema. */
  readonly environment: VariablesOf<Name>;
  /** Only for functions that read or write records. */
  readonly table?: RecordTable;
  /** Only for functions that call HubSpot. */
  readonly hubSpot?: HubSpotAccess;
  /** Only for functions that verify what HubSpot signed. */
  readonly clientSecret?: ClientSecret;
  /** Only for functions that go on by themselves. */
  readonly continuation?: ContinuationQueue;
  /** Only for functions whose results another one is waiting for: its queue. */
  readonly next?: ContinuationQueue;
  /** Keeps one of the account's concurrent executions for it, and gives it no second one. */
  readonly alone?: boolean;
  /** Default: that of every step. */
  readonly timeout?: Duration;
}

/** Of every step. */
export const functionTimeout = Duration.minutes(4);

/** One of our functions as all of them are: bundled, on Graviton, with its own role and its own log group. */
export class ConnectorFunction<Name extends FunctionName> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ConnectorFunctionProps<Name>) {
    super(scope, id);
    const { name, description, environment, table, hubSpot, clientSecret, continuation, next, alone = false } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the managed basic role: that one may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description,
      code: bundled(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      // Shorter than the five minutes between two runs: scheduled ones never meet.
      timeout: props.timeout ?? functionTimeout,
      // The next scheduled run is the retry: every step goes on where the last one stopped.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      ...(alone && { reservedConcurrentExecutions: 1 }),
      environment: { ...environment },
      loggingFormat: LoggingFormat.JSON,
      role,
      logGroup,
      ...(hubSpot && { paramsAndSecrets: secretsExtension(kept.token) }),
      ...(clientSecret && { paramsAndSecrets: secretsExtension(kept.clientSecret) }),
    });
    table?.allowItems(this.lambda);
    hubSpot?.allowToken(this.lambda);
    clientSecret?.allowRead(this.lambda);
    continuation?.drive(this.lambda);
    next?.allowSend(this.lambda);
  }
}

/** Hands the function its secret over loopback, signed with its role, and keeps it for so long. */
const secretsExtension = (secretsManagerTtl: Duration): ParamsAndSecretsLayerVersion =>
  ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103, { secretsManagerTtl });

/** A token that HubSpot no longer takes is noticed by its refusal; a client secret that replaces another is waited for. */
const kept = { token: Duration.minutes(5), clientSecret: Duration.minutes(1) };

/** The bundle as an asset, made by the same function the tests and the bench use. */
const bundled = (name: FunctionName): Code =>
  Code.fromAsset(join(projectRoot, 'lambdas', name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: { tryBundle: (folder) => bundleFunction(name, folder).packages.length > 0 },
    },
  });
