/** What a route answers: a status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Only the first half of the body is sent, as if that were all. */
  readonly cutShort?: boolean;
}

/** 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** 201 with what was created. */
export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** 204. */
export const noContent: Answer = { status: 204 };

/** One failed part of a batch. */
export interface BatchError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A batch's answer: its usual status when all went well, 207 with `numErrors` and `errors` otherwise. */
export function batch(
  results: readonly unknown[],
  errors: readonly BatchError[],
  at: string,
  status: 200 | 201 = 200,
): Answer {
  const times = { startedAt: at, completedAt: at };
  if (errors.length === 0) return { status, body: { status: 'COMPLETE', results, ...times } };
  return { status: 207, body: { status: 'COMPLETE', results, numErrors: errors.length, errors, ...times } };
}
