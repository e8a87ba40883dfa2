import * as z from 'zod';
import { ConfigurationError } from '#platform/errors.ts';

const answer = z.object({ SecretString: z.string().min(1) });
const remedy = 'Put the access token of the HubSpot private app into the secret, as plain text.';

/**
 * The access token from Secrets Manager, through the AWS Parameters and Secrets extension beside the function: it signs
 * with the function's role and caches for five minutes. It answers during an invocation only, not while loading.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
export async function readAccessToken(secret: string): Promise<string> {
  const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] ?? '2773';
  const response = await fetch(`http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(secret)}`, {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] ?? '' },
    signal: AbortSignal.timeout(5000),
  }).catch((cause: unknown) => {
    throw new ConfigurationError('The secrets extension does not answer.', remedy, { cause });
  });
  if (!response.ok) throw new ConfigurationError(`The HubSpot token cannot be read: ${response.status}.`, remedy);
  const { data } = answer.safeParse(await response.json().catch(() => null));
  if (data === undefined) throw new ConfigurationError('The secret of the HubSpot token is empty.', remedy);
  return data.SecretString.trim();
}
