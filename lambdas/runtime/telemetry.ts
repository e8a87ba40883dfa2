import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const serviceName = 'hubspot-cx-connector';

/** The one logger. It logs neither events nor errors as they come: both may hold personal data. */
export const logger = new Logger({ serviceName });

/** The one set of metrics, in CloudWatch's embedded format. */
export const metrics = new Metrics({ namespace: serviceName, serviceName });

/** Counts a run that stopped at its deadline (`RunsUnfinished`), and HubSpot calls it sent. */
export const countRun = (run: { readonly done: boolean; readonly calls: number }): void => {
  metrics.addMetric('RunsUnfinished', MetricUnit.Count, run.done ? 0 : 1);
  metrics.addMetric('HubSpotCalls', MetricUnit.Count, run.calls);
};
