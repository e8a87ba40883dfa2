import type { ReportedLatency, ReportedMetric, ReportedWrites } from '#contract/report.ts';

const number = (digits: number) =>
  new Intl.NumberFormat('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** How each unit is shown to people: shares in per cent, the rest as it is. */
const units: Readonly<Record<string, (value: number) => string>> = {
  share: (value) => `${number(1).format(value * 100)} %`,
  points: (value) => number(1).format(value),
  hours: (value) => `${number(2).format(value)} h`,
  rating: (value) => number(2).format(value),
  score: (value) => number(1).format(value),
  money: (value) => number(2).format(value),
  tickets: (value) => number(0).format(value),
  'tickets per 100 customers': (value) => number(1).format(value),
  purchases: (value) => number(2).format(value),
  calls: (value) => number(0).format(value),
  customers: (value) => number(0).format(value),
};

/** One figure in words: value, interval, n, and why it is missing or what to bear in mind. */
export function figureText(metric: ReportedMetric): { value: string; interval: string; n: string; note: string } {
  const show = units[metric.unit] ?? String;
  const remarks = [
    metric.maturing ? `${metric.maturing} more still maturing` : [],
    metric.leftOut ? `${metric.leftOut} left out` : [],
  ].flat();
  return {
    value: metric.value === null ? 'not measured' : show(metric.value),
    interval: metric.interval ? metric.interval.map(show).join(' to ') : '',
    n: metric.n.toLocaleString('en'),
    note: metric.because ?? remarks.join(', '),
  };
}

const count = (n: number): string => n.toLocaleString('en');

/** One sentence on what the write step did. */
export const writeSummary = ({ planned, written, kept, refused, calls }: ReportedWrites): string =>
  `${count(planned)} records to write, ${count(written)} written in ${count(calls)} calls, ` +
  `${count(kept)} left as they are, ${count(refused)} refused.`;

/** How long webhooks take to become scores. */
export const latencySummary = ({ n, p50Ms, p95Ms, p99Ms }: ReportedLatency): string =>
  `p50 ${seconds(p50Ms)}, p95 ${seconds(p95Ms)}, p99 ${seconds(p99Ms)} from a change in HubSpot to the score on the record (n ${count(n)})`;

/** Milliseconds as people read them. */
export const seconds = (ms: number): string => `${number(1).format(ms / 1000)} s`;

/** Why records were left as they are, the most frequent reason first. */
export function keptSummary(kept: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(kept).filter(([, n]) => n > 0);
  if (reasons.length === 0) return 'nothing: every record is to be written.';
  return `${reasons
    .sort(([, a], [, b]) => b - a)
    .map(([because, n]) => `${count(n)} ${because}`)
    .join('; ')}.`;
}
