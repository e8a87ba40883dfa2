import Table from 'cli-table3';
import type { CustomerRow, RunOverview } from '#contract/report.ts';
import { figureText, keptSummary, latencySummary, writeSummary } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { refusalLines } from './refusal-groups.ts';
import type { RunResult } from './run-once.ts';
import { driftLine, staleLines } from './sync-lines.ts';

const count = (n: number): string => n.toLocaleString('en');

/** The run in words and tables, for a terminal. */
export function summary({ overview, floor, kept }: RunResult): string {
  const { report, atRisk, upsell, refused, unavailable } = overview;
  const records = Object.entries(report.records).map(([type, n]) => `${count(n)} ${type.replaceAll('_', ' ')}`);
  const calls = Object.entries(report.apiCalls.byKind).map(([kind, n]) => `${count(n)} ${kind}`);
  const drift = driftLine(report.sync);
  const { latency } = report.writeBack;
  return [
    `${report.portal} · as of ${report.asOf} · window ${report.window}`,
    '',
    `Records    ${records.join(', ')}`,
    `Calls      ${count(report.apiCalls.total)} to HubSpot (${calls.join(', ')}); the fewest possible: ${count(floor)}`,
    ...unavailable.map((line) => `Not pulled ${line}`),
    ...staleLines(report.sync).map((line) => `Stale      ${line}`),
    ...(drift === null ? [] : [`Drift      ${drift}`]),
    '',
    metricTable(report.metrics),
    '',
    scoreTable(report.scores),
    '',
    'Most at risk of leaving (points: high is bad)',
    customerTable(atRisk),
    '',
    'Best upsell candidates (score of 100: high is good)',
    customerTable(upsell),
    '',
    `Writes     ${writeSummary(report.writeBack)}`,
    `Kept       ${keptSummary(kept)}`,
    ...(latency ? [`Latency    ${latencySummary(latency)}`] : []),
    ...refusalLines(refused).map((line) => `Refused    ${line}`),
  ].join('\n');
}

function metricTable(metrics: RunOverview['report']['metrics']): string {
  const table = new Table(plainTable(['Metric', 'Value', '95 % interval', 'n', ''], ['Value', '95 % interval', 'n']));
  for (const [id, metric] of Object.entries(metrics)) {
    const { value, interval, n, note } = figureText(metric);
    table.push([id, value, interval, n, note]);
  }
  return table.toString();
}

function scoreTable(scores: RunOverview['report']['scores']): string {
  const numbers = ['Health score', 'Too little data', 'Churn risk high', 'medium', 'low', 'Upsell candidates'];
  const table = new Table(plainTable(['', ...numbers], numbers));
  for (const [type, { scored, insufficientData, churnRisk, upsellCandidates }] of Object.entries(scores))
    table.push([
      type,
      ...[scored, insufficientData, churnRisk.high, churnRisk.medium, churnRisk.low, upsellCandidates].map(count),
    ]);
  return table.toString();
}

function customerTable(rows: readonly CustomerRow[]): string {
  if (rows.length === 0) return '  nobody: not enough data, or nobody qualifies';
  const table = new Table(plainTable(['Score', 'Customer', 'Why'], ['Score']));
  for (const { name, kind, id, score, reasons } of rows) {
    const [first = '', ...others] = reasons.slice(0, 3);
    table.push([score ?? '–', name || '(no name)', first]);
    table.push(['', `  ${kind} ${id}`, others[0] ?? '']);
    if (others[1]) table.push(['', '', others[1]]);
  }
  return table.toString();
}
