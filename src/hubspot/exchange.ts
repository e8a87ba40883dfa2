import type { Transient } from './retries.ts';

/** A request as it goes out. `body` is JSON text. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
  readonly accessToken: string;
  readonly timeoutMs: number;
}

/** A whole answer of any status. */
export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const reason = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'connection failed';
  return 'code' in cause && typeof cause.code === 'string' ? `connection failed: ${cause.code}` : 'connection failed';
};

const failure = (error: unknown, timeoutMs: number): Transient =>
  error instanceof Error && error.name === 'TimeoutError'
    ? { what: `no answer within ${timeoutMs} ms`, atLeastMs: 0 }
    : { what: reason(error), atLeastMs: 0 };

/** A good answer whose body ends early is one that cannot be read, like half an answer that ends in order. */
const bodyFailure = (error: unknown, response: Response, timeoutMs: number): Transient => {
  const transient = failure(error, timeoutMs);
  return response.ok ? { ...transient, unreadable: true } : transient;
};

/** One attempt, body included, within the time-out. Answers `Transient` where the connection failed or took too long. */
export async function exchange(request: Outgoing): Promise<Incoming | Transient> {
  let response: Response | undefined;
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.accessToken}`,
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(request.timeoutMs),
      redirect: 'error',
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return response ? bodyFailure(error, response, request.timeoutMs) : failure(error, request.timeoutMs);
  }
}
