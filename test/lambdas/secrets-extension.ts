import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The AWS Parameters and Secrets extension on loopback, as far as the functions use it. */
export interface SecretsExtension {
  /** The environment that leads a function to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Replaces the secret, as a person does when a token was leaked. */
  put(value: string): void;
  close(): void;
}

const sessionToken = 'session-token-of-the-role';

/** Serves one secret to callers that carry the session token of the function's role. */
export async function startSecretsExtension(name: string, value: string): Promise<SecretsExtension> {
  let held = value;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const known = url.pathname === '/secretsmanager/get' && url.searchParams.get('secretId') === name;
    const allowed = request.headers['x-aws-parameters-secrets-token'] === sessionToken;
    response.statusCode = known && allowed ? 200 : 400;
    response.end(known && allowed ? JSON.stringify({ Name: name, SecretString: held }) : 'Bad Request');
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(port), AWS_SESSION_TOKEN: sessionToken },
    put: (next) => {
      held = next;
    },
    close: () => server.close(),
  };
}
