import type { CustomerRow, ReportedScores, RunOverview, Staleness } from '#contract/report.ts';
import { figureText, keptSummary, latencySummary, writeSummary } from '../figures.ts';
import { refusalLines } from '../refusal-groups.ts';
import type { RunResult } from '../run-once.ts';
import { deadLettersLine, driftLine, quarantineLine, staleLines } from '../sync-lines.ts';
import { html, type Markup } from './html.ts';

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
p.lead { margin: 0; opacity: .75 }
table { border-collapse: collapse; width: 100% } caption { text-align: left; opacity: .75; padding-bottom: .25rem }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td ul { margin: 0; padding-left: 1.1rem } .wide { overflow-x: auto }
.pair { display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)) }
`;

/** What the page shows: the last run, and how often there is a new one. */
export interface PageContent extends RunResult {
  readonly everyMs: number;
}

/** The plain first page: the numbers of the last run, who is at risk and who might buy more, and what was written. */
export const firstPage = ({ overview, kept, everyMs }: PageContent): string => {
  const { report, atRisk, upsell, refused, unavailable } = overview;
  const [held, drift, dead] = [quarantineLine(report.sync), driftLine(report.sync), deadLettersLine(report.sync)];
  const { latency } = report.writeBack;
  const seconds = Math.max(1, Math.round(everyMs / 1000));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${seconds}">
<title>${report.portal} · customer experience</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${report.portal}</h1>
<p class="lead">As of ${report.asOf}, window ${report.window}. This page renews itself every ${seconds} seconds.</p>
${unavailable.map((line) => html`<p role="alert">Not pulled: ${line}</p>`)}
${staleLines(report.sync).map((line) => html`<p role="alert">Stale: ${line}</p>`)}
${held === null ? '' : html`<p role="alert">${held}: cx quarantine says which and why.</p>`}
${dead === null ? '' : html`<p role="alert">${dead}: cx redrive --list says which and why.</p>`}
<h2>Metrics</h2>
<div class="wide"><table>
<thead><tr><th>Metric</th><th class="number">Value</th><th class="number">95 % interval</th><th class="number">n</th><th>Note</th></tr></thead>
<tbody>${Object.entries(report.metrics).map(([id, metric]) => metricRow(id, metric))}</tbody>
</table></div>
<div class="pair">
<section><h2>Most at risk of leaving</h2>${customers(atRisk, 'Risk points: high is bad.')}</section>
<section><h2>Best upsell candidates</h2>${customers(upsell, 'Upsell score: high is good.')}</section>
</div>
<h2>Scores</h2>
<div class="wide"><table>
<thead><tr><th></th>${scoreHeads.map((head) => html`<th class="number">${head}</th>`)}</tr></thead>
<tbody>${Object.entries(report.scores).map(([type, scores]) => scoreRow(type, scores))}</tbody>
</table></div>
<h2>Records and writes</h2>
<p>${Object.entries(report.records)
    .map(([type, n]) => `${n.toLocaleString('en')} ${type.replaceAll('_', ' ')}`)
    .join(' · ')}</p>
<p>${writeSummary(report.writeBack)} ${report.apiCalls.total.toLocaleString('en')} calls to HubSpot in all.</p>
<p>Left as they are: ${keptSummary(kept)}</p>
${latency === undefined ? '' : html`<p>Webhooks: ${latencySummary(latency)}.</p>`}
${drift === null ? '' : html`<p>Drift: ${drift}.</p>`}
${refusalLines(refused).map((line) => html`<p role="alert">Refused: ${line}</p>`)}
<p><a href="/report.json">The same as JSON</a></p>
</main>
</body>
</html>`.text;
};

const scoreHeads = ['Health score', 'Too little data', 'Churn risk high', 'medium', 'low', 'Upsell candidates'];

const scoreRow = (type: string, scores: ReportedScores): Markup => {
  const { scored, insufficientData, churnRisk, upsellCandidates, stale } = scores;
  const counts = [scored, insufficientData, churnRisk.high, churnRisk.medium, churnRisk.low, upsellCandidates];
  return html`<tr><td>${type}${staleNote(stale)}</td>${counts.map((n) => html`<td class="number">${n.toLocaleString('en')}</td>`)}</tr>`;
};

const metricRow = (id: string, metric: RunOverview['report']['metrics'][string]): Markup => {
  const { value, interval, n, note } = figureText(metric);
  return html`<tr><td>${id}</td><td class="number">${value}</td><td class="number">${interval}</td><td class="number">${n}</td><td>${note}${staleNote(metric.stale)}</td></tr>`;
};

const staleNote = (stale: Staleness | undefined): Markup | string =>
  stale ? html` <strong>stale: as of ${stale.since.slice(0, 10)}</strong>` : '';

const customers = (rows: readonly CustomerRow[], caption: string): Markup =>
  rows.length === 0
    ? html`<p>Nobody: there is not enough data, or nobody qualifies.</p>`
    : html`<div class="wide"><table>
<caption>${caption}</caption>
<thead><tr><th>Customer</th><th class="number">Score</th><th>Why</th></tr></thead>
<tbody>${rows.map(
        (
          row,
        ) => html`<tr><td>${row.name}<br><small>${row.kind} ${row.id}</small></td><td class="number">${row.score ?? '–'}</td>
<td><ul>${row.reasons.map((reason) => html`<li>${reason}</li>`)}</ul></td></tr>`,
      )}</tbody>
</table></div>`;
