import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** How HubSpot is reached. */
export interface HubSpotAccessProps {
  /** Name of the secret that holds the access token, made by a person before the first deployment. */
  readonly tokenSecretName: string;
  readonly baseUrl: string;
}

/** HubSpot's address and the secret of its access token; the token itself is in no template and no variable. */
export class HubSpotAccess extends Construct {
  /** What a function has to know to call HubSpot. */
  readonly variables: { readonly HUBSPOT_BASE_URL: string; readonly HUBSPOT_TOKEN_SECRET: string };
  readonly #secret: ISecret;

  constructor(scope: Construct, id: string, { tokenSecretName, baseUrl }: HubSpotAccessProps) {
    super(scope, id);
    this.#secret = Secret.fromSecretNameV2(this, 'Token', tokenSecretName);
    this.variables = { HUBSPOT_BASE_URL: baseUrl, HUBSPOT_TOKEN_SECRET: tokenSecretName };
  }

  /** Lets a function read the token. */
  allowToken(grantee: IGrantable): void {
    this.#secret.grantRead(grantee);
  }
}
