import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import { ConnectorError } from '#platform/errors.ts';

/** What may be said about an error in a log. */
export interface FailureReport {
  readonly error: string;
  readonly because: string;
  readonly remedy: string;
  /** True where the next scheduled run can succeed without anybody doing something. */
  readonly retryable: boolean;
  /** Where in our code it was thrown. */
  readonly at: readonly string[];
}

/** Our own errors speak for themselves. A foreign message may quote a record or a token, so only its kind is told. */
export const failureReport = (error: unknown): FailureReport => {
  const known = error instanceof ConnectorError;
  return {
    error: error instanceof Error ? error.name : typeof error,
    because: known ? error.message : 'Nobody foresaw this error; its message is withheld, it may hold personal data.',
    remedy: known ? error.remedy : 'Report it with the lines of `at`.',
    retryable: known && error.retryable,
    at: framesOf(error),
  };
};

/**
 * Logs a failure with its remedy, as a warning where trying again can succeed, and fails the run with the words of the
 * report alone: Lambda itself logs what a function throws, with its cause.
 */
export const reportFailures = (logger: Logger): MiddlewareObj => ({
  onError: (request) => {
    const report = failureReport(request.error);
    logger[report.retryable ? 'warn' : 'error']('failed', { ...report });
    // Not thrown from here: middy would attach the original to it, and Lambda would log that too.
    request.error = new RunFailure(report);
  },
});

class RunFailure extends Error {
  constructor({ error, because, at }: FailureReport) {
    super(because);
    this.name = error;
    this.stack = [`${error}: ${because}`, ...at].join('\n');
  }
}

function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}
