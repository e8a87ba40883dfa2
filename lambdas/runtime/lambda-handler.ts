import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { PayloadError } from '#platform/errors.ts';
import { reportFailures } from './failure.ts';
import { logger, metrics } from './telemetry.ts';

/** Time kept back from a function's end, in milliseconds: a step under way finishes its chunk and saves where it stands. */
export const reserveMs = 30_000;

/** The one middy stack: logs with the request's id, sends the metrics, tells failures without personal data. */
export const lambdaHandler = <Answer>(
  run: (event: unknown, context: Context) => Promise<Answer>,
  /** Called after a failure, before the next run. */
  afterFailure: () => void,
) =>
  middy(run)
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .use(reportFailures(logger))
    .use({ onError: afterFailure });

/** Something made once per cold start, and anew after `drop`. */
export function held<T>(make: () => T): { get(): T; drop(): void } {
  let made: { readonly value: T } | undefined;
  return {
    get: () => {
      made ??= { value: make() };
      return made.value;
    },
    drop: () => {
      made = undefined;
    },
  };
}

/** What a function takes, checked. @throws PayloadError for anything else. */
export function inputOf<Event extends z.ZodObject>(schema: Event, event: unknown): z.output<Event> {
  const checked = schema.safeParse(event);
  if (checked.success) return checked.data;
  const remedy = 'Send `{}`, or only the fields named in the `event` of the handler.';
  throw new PayloadError(`The event is not what this function takes: ${z.prettifyError(checked.error)}`, remedy);
}
