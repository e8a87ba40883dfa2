import * as z from 'zod';
import { ConfigurationError } from '#platform/errors.ts';

const answer = z.object({ SecretString: z.string().min(1) });

/** How errors speak of a secret. */
export interface SecretWords {
  /** As `The HubSpot token`. */
  readonly called: string;
  readonly remedy: string;
}

/**
 * A secret of Secrets Manager, through the AWS Parameters and Secrets extension beside the function: it signs with the
 * function's role, and keeps it for minutes. It answers during an invocation only, not while loading.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 * @throws ConfigurationError where it cannot be read or is empty.
 */
export async function readSecret(secret: string, { called, remedy }: SecretWords): Promise<string> {
  const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] ?? '2773';
  const response = await fetch(`http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(secret)}`, {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] ?? '' },
    signal: AbortSignal.timeout(5000),
  }).catch((cause: unknown) => {
    throw new ConfigurationError('The secrets extension does not answer.', remedy, { cause });
  });
  if (!response.ok) throw new ConfigurationError(`${called} cannot be read: ${response.status}.`, remedy);
  const { data } = answer.safeParse(await response.json().catch(() => null));
  const value = data?.SecretString.trim();
  if (!value) throw new ConfigurationError(`${called} is empty.`, remedy);
  return value;
}
