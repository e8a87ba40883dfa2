import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const serviceName = 'hubspot-cx-connector';

/** The one logger. It logs neither events nor errors as they come: both may hold personal data. */
export const logger = new Logger({ serviceName });

/** The one set of metrics, in CloudWatch's embedded format. */
export const metrics = new Metrics({ namespace: serviceName, serviceName });

/** What is counted of a run. */
export interface RunCount {
  /** Cut by its deadline, or sent away by HubSpot. */
  readonly unfinished: boolean;
  /** Calls to HubSpot. */
  readonly calls: number;
  /** It sent itself a message to go on. */
  readonly continued?: boolean;
  /** It was not done and did not go on although it should have: worth an alarm. */
  readonly givenUp?: boolean;
}

/** Counts runs that did not finish (`RunsUnfinished`), what became of them, and HubSpot calls sent. */
export const countRun = ({ unfinished, calls, continued = false, givenUp = false }: RunCount): void =>
  countFigures({
    RunsUnfinished: unfinished ? 1 : 0,
    RunsContinued: continued ? 1 : 0,
    RunsGivenUp: givenUp ? 1 : 0,
    HubSpotCalls: calls,
  });

/** Adds metrics that are durations, of which CloudWatch tells percentiles; by their names, in milliseconds. */
export function timeFigures(figures: Readonly<Record<string, readonly number[]>>): void {
  for (const [name, values] of Object.entries(figures))
    for (const value of values) metrics.addMetric(name, MetricUnit.Milliseconds, value);
}

/** Adds metrics that are counts, by their names. */
export function countFigures(figures: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(figures)) metrics.addMetric(name, MetricUnit.Count, value);
}
