import type * as z from 'zod';
import type { OfflineConnector } from '#pipeline/connector.ts';
import { figuresOf } from './figures.ts';
import { held, inputOf, lambdaHandler, reserveMs } from './lambda-handler.ts';
import { countRun, logger } from './telemetry.ts';

/** What makes a pipeline step that works on the table alone a Lambda function. */
export interface StepFunction<Event extends z.ZodObject, Report> {
  /** Builds the connector from the function's own environment, once per cold start. */
  readonly connect: () => OfflineConnector;
  readonly event: Event;
  readonly run: (
    connector: OfflineConnector,
    input: z.output<Event> & { readonly deadline: number },
  ) => Promise<Report>;
}

/** Runs the step until shortly before time is up, logs and counts the run; the next scheduled run goes on with the rest. */
export function stepFunction<Event extends z.ZodObject, Report extends { readonly done: boolean }>(
  step: StepFunction<Event, Report>,
) {
  const connector = held(step.connect);
  return lambdaHandler<Report>(async (event, context) => {
    const input = inputOf(step.event, event);
    const deadline = connector.get().clock.now() + context.getRemainingTimeInMillis() - reserveMs;
    const report = await step.run(connector.get(), { ...input, deadline });
    countRun({ unfinished: !report.done, calls: 0 });
    logger.info('finished', { report: figuresOf(report) });
    return report;
  }, connector.drop);
}
