import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const path = '/hubspot/webhook';

/** HubSpot has ten requests on their way at most; what is above is answered 429, and HubSpot sends it again. */
const throttle = { rateLimit: 200, burstLimit: 100 };

/** What is noted of a call: nothing that was sent. */
const noted = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
  callerIp: '$context.identity.sourceIp',
};

/** The one public address: HubSpot posts its webhooks to it. */
export class WebhookApi extends Construct {
  /** The address, as it is set in the webhook settings of the HubSpot app. */
  readonly url: string;
  readonly #api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', {
      description: 'Webhooks of hubspot-cx-connector',
      createDefaultStage: false,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(noted)),
      },
    });
    this.url = `${this.#api.apiEndpoint}${path}`;
  }

  /**
   * Sends webhooks to a function. Only here does the API come to know it, so the function can be told the API's address:
   * its route depends on both, and neither of them on the route.
   */
  deliverTo(lambda: LambdaFunction, timeout: Duration): void {
    this.#api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Receive', lambda, { timeout: Duration.seconds(timeout.toSeconds() + 1) }),
    });
  }
}
