import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Where the client secret is. */
export interface ClientSecretProps {
  /** Name of the secret, made by a person before the first deployment. */
  readonly secretName: string;
}

/** The secret by which the HubSpot app signs what it sends; a line each while it is rotated. It is in no template. */
export class ClientSecret extends Construct {
  /** What a function has to know of it. */
  readonly variables: { readonly HUBSPOT_CLIENT_SECRET_NAME: string };
  readonly #secret: ISecret;

  constructor(scope: Construct, id: string, { secretName }: ClientSecretProps) {
    super(scope, id);
    this.#secret = Secret.fromSecretNameV2(this, 'Secret', secretName);
    this.variables = { HUBSPOT_CLIENT_SECRET_NAME: secretName };
  }

  /** Lets a function read it. */
  allowRead(grantee: IGrantable): void {
    // Secrets Manager ends the name in six characters of its own.
    const resources = [`${this.#secret.secretArn}-??????`];
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
    );
  }
}
