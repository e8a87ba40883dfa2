import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Instant } from '#domain/records/record.ts';
import type { OfflineConnector } from '#pipeline/connector.ts';
import { type SoleRun, type SoleWork, soleRun } from '#pipeline/sole-run.ts';
import { HubSpotBusyError } from '#platform/errors.ts';
import { receivedEvent } from './continuation-queue.ts';
import { figuresOf } from './figures.ts';
import { held, inputOf, lambdaHandler, reserveMs } from './lambda-handler.ts';
import { type Ending, nextRun } from './next-run.ts';
import type { Runs } from './runs.ts';
import { countFigures, countRun, logger, timeFigures } from './telemetry.ts';

/** A run's hold on its work outlasts the function by this much: the clocks of two machines differ by less. */
const clockSkewMs = 10_000;

/** Whether to come again when another process is at the same work: not at all, once it has ended for certain, or in a moment. */
export type Insistence = 'not' | 'when free' | 'in a moment';

const momentMs = 2000;

const comingAgain: Readonly<Record<Insistence, (times: { busyUntil: Instant; now: Instant }) => Instant | null>> = {
  not: () => null,
  'when free': ({ busyUntil }) => busyUntil,
  'in a moment': ({ now }) => now + momentMs,
};

/** What makes a pipeline step that one process at a time works on a Lambda function. */
export interface ContinuingFunction<C extends OfflineConnector, Event extends z.ZodObject, Report> {
  /** From the function's own environment, once per cold start. */
  readonly connect: () => Runs<C>;
  readonly work: SoleWork;
  readonly insists: Insistence;
  /** How long a run that was cut leaves the field to others, in milliseconds. */
  readonly pauseMs: number;
  readonly event: Event;
  readonly run: (connector: C, input: z.output<Event> & { readonly deadline: number }) => Promise<Report>;
  /** How much a run achieved: 0 only where another one of the same kind would achieve nothing either. */
  readonly progress: (report: Report) => number;
  /** Figures of a report that become metrics. */
  readonly figures?: (report: Report) => Readonly<Record<string, number>>;
  /** Durations in a report that become metrics, by name, in milliseconds. */
  readonly durations?: (report: Report) => Readonly<Record<string, readonly number[]>>;
  /** The event the next step of the chain is called with after a report; null where it has nothing to do. */
  readonly next?: (report: Report) => Readonly<Record<string, unknown>> | null;
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
export function continuingFunction<
  C extends OfflineConnector,
  Event extends z.ZodObject,
  Report extends { readonly done: boolean },
>(step: ContinuingFunction<C, Event, Report>) {
  const connection = held(step.connect);

  const run = async (received: unknown, context: Context): Promise<Report | Unfinished> => {
    const { event, continuation } = receivedEvent(received);
    const input = inputOf(step.event, event);
    const { connector, leases, calls: sent, send, next: sendNext } = connection.get();
    const { clock } = connector;
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
      const until = comingAgain[step.insists]({ busyUntil: outcome.busyUntil, now: clock.now() });
      await goOn({ kind: 'elsewhere', until });
      return { done: false, because: 'Another run is under way.' };
    }
    const report = outcome.result;
    await goOn(report.done ? { kind: 'done' } : { kind: 'cut', progress: step.progress(report) });
    if (report.done && step.figures) countFigures(step.figures(report));
    if (step.durations) timeFigures(step.durations(report));
    const following = step.next?.(report) ?? null;
    if (following) await sendNext?.({ event: following, continuation: 0 }, 0);
    logger.info('finished', { report: figuresOf(report) });
    return report;
  };

  return lambdaHandler<Report | Unfinished>(run, connection.drop);
}
