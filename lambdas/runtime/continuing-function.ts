import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Lane } from '#hubspot/lanes.ts';
import type { Connector } from '#pipeline/connector.ts';
import { type SoleRun, type SoleWork, soleRun } from '#pipeline/sole-run.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { type ConnectorEnvironment, connectorFor } from './connector-for.ts';
import { continuationQueue, receivedEvent } from './continuation-queue.ts';
import { figuresOf } from './figures.ts';
import { held, inputOf, lambdaHandler, reserveMs } from './lambda-handler.ts';
import { type Ending, nextRun } from './next-run.ts';
import { countFigures, countRun, logger } from './telemetry.ts';

/** A run's hold on its work outlasts the function by this much: the clocks of two machines differ by less. */
const clockSkewMs = 10_000;

/** What makes a pipeline step that calls HubSpot a Lambda function. */
export interface ContinuingFunction<Event extends z.ZodObject, Report> {
  readonly environment: () => ConnectorEnvironment & { readonly CONTINUATION_QUEUE_URL: string };
  readonly lane: Lane;
  readonly work: SoleWork;
  /** Whether to come again when another process is at the same work; otherwise the schedule brings the next run soon. */
  readonly insists: boolean;
  /** How long a run that was cut leaves the field to others, in milliseconds. */
  readonly pauseMs: number;
  readonly event: Event;
  readonly run: (connector: Connector, input: z.output<Event> & { readonly deadline: number }) => Promise<Report>;
  /** How much a run achieved: 0 only where another one of the same kind would achieve nothing either. */
  readonly progress: (report: Report) => number;
  /** Figures of a report that become metrics. */
  readonly figures?: (report: Report) => Readonly<Record<string, number>>;
}

/** What a run without a report answers. */
export interface Unfinished {
  readonly done: false;
  readonly because: string;
}

/**
 * Runs the step until shortly before time is up, unless another process is at the same work. A run that is cut, or that
 * HubSpot makes wait, goes on by itself: it sends its own function a message that arrives when there is something to do.
 */
export function continuingFunction<Event extends z.ZodObject, Report extends { readonly done: boolean }>(
  step: ContinuingFunction<Event, Report>,
) {
  const connection = held(() => {
    const environment = step.environment();
    const send = continuationQueue(environment.CONTINUATION_QUEUE_URL);
    return { connector: connectorFor(environment, step.lane), send };
  });

  const run = async (received: unknown, context: Context): Promise<Report | Unfinished> => {
    const { event, continuation } = receivedEvent(received);
    const input = inputOf(step.event, event);
    const { connector, send } = connection.get();
    const { clock, crm, unhurried, leases } = connector;
    const sent = (): number => crm.calls().total + unhurried.calls().total;
    const before = sent();
    const endsAt = clock.now() + context.getRemainingTimeInMillis();

    /** What follows from an ending; false where the schedule has to see to the rest. */
    const goOn = async (ending: Ending): Promise<boolean> => {
      const next = nextRun(ending, { now: clock.now(), continuation, pauseMs: step.pauseMs });
      const continued = 'afterSeconds' in next;
      const givenUp = !continued && next.givenUp;
      const calls = sent() - before;
      countRun({ unfinished: ending.kind === 'cut' || ending.kind === 'busy', calls, continued, givenUp });
      if (continued) await send({ event: input, continuation: continuation + 1 }, next.afterSeconds);
      if (ending.kind !== 'done')
        logger[givenUp ? 'warn' : 'info']('not done', { ended: ending.kind, continuation, ...next });
      return continued;
    };

    let outcome: SoleRun<Report>;
    try {
      const hold = { leases, clock, work: step.work, holder: context.awsRequestId, until: endsAt + clockSkewMs };
      outcome = await soleRun(hold, () => step.run(connector, { ...input, deadline: endsAt - reserveMs }));
    } catch (error) {
      if (!(error instanceof HubSpotBusyError)) throw error;
      const continued = await goOn({ kind: 'busy', until: error.retryAt });
      // A message that fails comes again, and ends as a dead letter, when the schedule has long seen to its work.
      if (!continued && continuation === 0) throw error;
      return { done: false, because: error.message };
    }
    if (!outcome.ran) {
      await goOn({ kind: 'elsewhere', until: step.insists ? outcome.busyUntil : null });
      return { done: false, because: 'Another run is under way.' };
    }
    const report = outcome.result;
    await goOn(report.done ? { kind: 'done' } : { kind: 'cut', progress: step.progress(report) });
    if (report.done && step.figures) countFigures(step.figures(report));
    logger.info('finished', { report: figuresOf(report) });
    return report;
  };

  return lambdaHandler<Report | Unfinished>(run, connection.drop);
}
