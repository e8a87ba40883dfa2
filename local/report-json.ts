import type { RunReport } from '#contract/report.ts';

/** The report as one JSON document with the keys that scripts may rely on, and no others. */
export const reportJson = (report: RunReport): string =>
  JSON.stringify({ ...report, metrics: Object.fromEntries(Object.entries(report.metrics).map(metricEntry)) }, null, 2);

const metricEntry = ([id, metric]: [string, RunReport['metrics'][string]]) => {
  const { numerator: _, maturing: __, leftOut: ___, ...rest } = metric;
  return [id, rest] as const;
};
