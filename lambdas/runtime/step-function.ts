import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { OfflineConnector } from '#pipeline/connector.ts';
import type { Crm, OutputNotation } from '#pipeline/ports.ts';
import { PayloadError } from '#platform/errors.ts';
import { reportFailures } from './failure.ts';
import { figuresOf } from './figures.ts';
import { countRun, logger, metrics } from './telemetry.ts';

/** Time kept back from a function's end: a step under way finishes its chunk and saves where it stands. */
const reserve = 30_000;

/** What makes a pipeline step a Lambda function. */
export interface StepFunction<C extends OfflineConnector, Event extends z.ZodObject, Report> {
  /** Builds the connector from the function's own environment, once per cold start. */
  readonly connect: () => Promise<C>;
  readonly event: Event;
  readonly run: (connector: C, input: z.output<Event> & { readonly deadline: number }) => Promise<Report>;
}

/** The one middy stack: checks the event, runs the step until shortly before time is up, logs and counts the run. */
export function stepFunction<
  C extends OfflineConnector,
  Event extends z.ZodObject,
  Report extends { readonly done: boolean },
>(step: StepFunction<C, Event, Report>) {
  let connector: C | undefined;

  const run = async (event: unknown, context: Context): Promise<Report> => {
    const input = inputOf(step.event, event);
    connector ??= await step.connect();
    const { clock, crm } = connector;
    const before = callsOf(crm);
    const deadline = clock.now() + context.getRemainingTimeInMillis() - reserve;
    const report = await step.run(connector, { ...input, deadline });
    countRun({ done: report.done, calls: callsOf(crm) - before });
    logger.info('finished', { report: figuresOf(report) });
    return report;
  };

  /** After a failure the next run connects anew: the token may have been replaced. */
  const reconnect = {
    onError: () => {
      connector = undefined;
    },
  };

  return middy(run)
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .use(reportFailures(logger))
    .use(reconnect);
}

/** Calls to HubSpot so far; a function that holds no client makes none. */
const callsOf = (crm: OutputNotation & Partial<Pick<Crm, 'calls'>>): number => crm.calls?.().total ?? 0;

function inputOf<Event extends z.ZodObject>(schema: Event, event: unknown): z.output<Event> {
  const checked = schema.safeParse(event);
  if (checked.success) return checked.data;
  const remedy = 'Send `{}`, or only the fields named in the `event` of the handler.';
  throw new PayloadError(`The event is not what this function takes: ${z.prettifyError(checked.error)}`, remedy);
}
