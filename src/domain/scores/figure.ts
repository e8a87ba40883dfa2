import type { FactMetric } from '../metrics/fact-contribution.ts';
import { measureFacts } from '../metrics/measure.ts';
import type { Measured } from '../metrics/measurement.ts';
import { restsOnEnough } from '../metrics/minimum-sample.ts';
import type { Fact } from '../records/record.ts';
import type { Observation } from './observe.ts';
import type { Finding } from './part.ts';
import { daysBefore, windowDays } from './periods.ts';
import type { Reason } from './reason.ts';

/** A figure of the metric catalogue over the last 90 days as a finding, where it rests on enough cases. */
export function findFigure(
  metric: FactMetric,
  figure: string,
  facts: readonly Fact[],
  { asOf, customer }: Observation,
  put: (measured: Measured) => Reason,
): Finding | 'no_data' | 'too_few' {
  if (facts.length === 0) return 'no_data';
  const window = { from: daysBefore(asOf, windowDays), to: asOf, undated: false };
  const measurement = measureFacts(metric, facts, { window, asOf })[figure];
  if (measurement?.status !== 'measured') return 'no_data';
  if (!restsOnEnough(measurement, customer.kind)) return 'too_few';
  return { value: measurement.value, reason: put(measurement) };
}
