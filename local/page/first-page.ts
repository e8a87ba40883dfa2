import type { CustomerRow, RunOverview } from '#contract/report.ts';
import { figureText, writeSummary } from '../figures.ts';
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

/** The plain first page: the numbers of the last run, who is at risk and who might buy more, and what was written. */
export const firstPage = ({ report, atRisk, upsell, refused, unavailable }: RunOverview): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="15">
<title>${report.portal} · customer experience</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${report.portal}</h1>
<p class="lead">As of ${report.asOf}, window ${report.window}. This page renews itself every 15 seconds.</p>
${unavailable.map((line) => html`<p role="alert">Not pulled: ${line}</p>`)}
<h2>Metrics</h2>
<div class="wide"><table>
<thead><tr><th>Metric</th><th class="number">Value</th><th class="number">95 % interval</th><th class="number">n</th><th>Note</th></tr></thead>
<tbody>${Object.entries(report.metrics).map(([id, metric]) => metricRow(id, metric))}</tbody>
</table></div>
<div class="pair">
<section><h2>Most at risk of leaving</h2>${customers(atRisk, 'Risk points: high is bad.')}</section>
<section><h2>Best upsell candidates</h2>${customers(upsell, 'Upsell score: high is good.')}</section>
</div>
<h2>Records and writes</h2>
<p>${Object.entries(report.records)
    .map(([type, n]) => `${n.toLocaleString('en')} ${type.replace('_', ' ')}`)
    .join(' · ')}</p>
<p>${writeSummary(report.writeBack)} ${report.apiCalls.total.toLocaleString('en')} calls to HubSpot in all.</p>
${refused.map((row) => html`<p role="alert">${row.record}: ${row.because} ${row.remedy}</p>`)}
<p><a href="/report.json">The same as JSON</a></p>
</main>
</body>
</html>`.text;

const metricRow = (id: string, metric: RunOverview['report']['metrics'][string]): Markup => {
  const { value, interval, n, note } = figureText(metric);
  return html`<tr><td>${id}</td><td class="number">${value}</td><td class="number">${interval}</td><td class="number">${n}</td><td>${note}</td></tr>`;
};

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
