import Table from 'cli-table3';
import type { CustomerRow, RunOverview } from '#contract/report.ts';
import { figureText, writeSummary } from './figures.ts';
import { plainTable } from './plain-table.ts';

const count = (n: number): string => n.toLocaleString('en');

/** The run in words and tables, for a terminal. `floor` is the fewest calls the same reading could have taken. */
export function summary({ report, atRisk, upsell, refused, unavailable }: RunOverview, floor: number): string {
  const records = Object.entries(report.records).map(([type, n]) => `${count(n)} ${type.replace('_', ' ')}`);
  const calls = Object.entries(report.apiCalls.byKind).map(([kind, n]) => `${count(n)} ${kind}`);
  return [
    `${report.portal} · as of ${report.asOf} · window ${report.window}`,
    '',
    `Records    ${records.join(', ')}`,
    `Calls      ${count(report.apiCalls.total)} to HubSpot (${calls.join(', ')}); the fewest possible: ${count(floor)}`,
    ...unavailable.map((line) => `Not pulled ${line}`),
    '',
    metricTable(report.metrics),
    '',
    ...scoreLines(report.scores),
    '',
    'Most at risk of leaving (points: high is bad)',
    customerTable(atRisk),
    '',
    'Best upsell candidates (score: high is good)',
    customerTable(upsell),
    '',
    `Writes     ${writeSummary(report.writeBack)}`,
    ...refused.map((row) => `Refused    ${row.record}: ${row.because} ${row.remedy}`),
    '',
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

const scoreLines = (scores: RunOverview['report']['scores']): string[] =>
  Object.entries(scores).map(
    ([type, { scored, insufficientData, churnRisk, upsellCandidates }]) =>
      `${type.padEnd(10)} ${count(scored)} with a health score, ${count(insufficientData)} with too little data; ` +
      `churn risk high ${count(churnRisk.high)}, medium ${count(churnRisk.medium)}, low ${count(churnRisk.low)}; ` +
      `${count(upsellCandidates)} upsell candidates`,
  );

function customerTable(rows: readonly CustomerRow[]): string {
  if (rows.length === 0) return '  nobody: not enough data, or nobody qualifies';
  const table = new Table(plainTable(['Customer', 'Score', 'Why'], ['Score']));
  for (const { name, kind, id, score, reasons } of rows)
    table.push([`${name} (${kind} ${id})`.trim(), score ?? '–', reasons.slice(0, 3).join('; ')]);
  return table.toString();
}
