import type { Answer, Transport } from './transport.ts';

/** What every request of the generated client offers. */
interface GeneratedRequest {
  getHttpMethod(): string;
  getUrl(): string;
  getBody(): unknown;
}

interface GeneratedBody {
  text(): Promise<string>;
  binary(): Promise<Buffer>;
}

/** The part of each generated package (`@hubspot/api-client/lib/codegen/…`) that a configuration is made of. */
interface GeneratedPackage<Server, Library, Response, Configuration> {
  readonly ServerConfiguration: new (url: string, variables: Record<string, never>) => Server;
  readonly ResponseContext: new (status: number, headers: Record<string, string>, body: GeneratedBody) => Response;
  wrapHttpLibrary(library: { send(request: GeneratedRequest): Promise<Response> }): Library;
  createConfiguration(parameters: { baseServer: Server; httpApi: Library }): Configuration;
}

/** The generated client wants absolute addresses; the transport puts the real one. */
const placeholder = 'https://hubspot.invalid';

const creates = /\/(groups|batch\/create)$/;

/**
 * The success code the generated client insists on: 201 where something is created, 207 where an answer carries errors
 * (it drops the `errors` of a 200, which is what the `2026-09` version documents), else 200.
 */
const expectedStatus = (method: string, path: string, { value }: Answer): number => {
  const errors = (value as { errors?: unknown } | null)?.errors;
  if (Array.isArray(errors) && errors.length > 0) return 207;
  return method === 'POST' && creates.test(path) ? 201 : 200;
};

/** A configuration of one generated package whose requests all go through the transport. */
export function configure<Server, Library, Response, Configuration>(
  generated: GeneratedPackage<Server, Library, Response, Configuration>,
  transport: Transport,
): Configuration {
  const send = async (request: GeneratedRequest): Promise<Response> => {
    const { pathname, search } = new URL(request.getUrl());
    const body = request.getBody();
    const method = request.getHttpMethod();
    const answer = await transport.send(method, `${pathname}${search}`, typeof body === 'string' ? body : undefined);
    return new generated.ResponseContext(
      expectedStatus(method, pathname, answer),
      { 'content-type': 'application/json' },
      { text: async () => answer.json, binary: async () => Buffer.from(answer.json) },
    );
  };
  return generated.createConfiguration({
    baseServer: new generated.ServerConfiguration(placeholder, {}),
    httpApi: generated.wrapHttpLibrary({ send }),
  });
}
