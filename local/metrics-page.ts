/** Writes docs/metrics.md from the catalogue. `--check` writes nothing and exits 1 when the page is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue, figureKey, figuresOf } from '../src/domain/metrics/catalogue.ts';
import { attributionsOfMetric } from '../src/domain/metrics/fact-contribution.ts';
import type { Metric, Source } from '../src/domain/metrics/metric.ts';
import { minimumSample } from '../src/domain/metrics/minimum-sample.ts';

const page = resolve(import.meta.dirname, '../docs/metrics.md');

const units: Readonly<Record<Metric['unit'], string>> = {
  share: 'share, 0–1',
  points: 'points, −100…100',
  hours: 'hours',
  rating: 'rating on its own scale',
  score: 'score, 0–100',
  money: 'home currency',
  tickets: 'tickets',
  'tickets per 100 customers': 'tickets per 100 customers',
  purchases: 'purchases',
  calls: 'calls',
  customers: 'customers',
};

/** What a metric is computed from, in words. */
function kindOf(metric: Metric): string {
  if (metric.kind === 'event')
    return metric.maturesAfterDays === undefined
      ? 'event: each fact by itself, on its own day'
      : `event: each fact by itself, on its own day; maturing for ${metric.maturesAfterDays} days`;
  if (metric.kind === 'case')
    return `case: each fact and what follows it within ${metric.follows.days} days; maturing until they have passed`;
  return metric.of === 'stock'
    ? 'stock: what flowed in minus what flowed out before the end of the window'
    : 'population: each customer as of a date';
}

const source = ({ title, url }: Source): string => (url === undefined ? title : `[${title}](${url})`);

const section = (metric: Metric): string => {
  const counted = attributionsOfMetric(metric).join(', ');
  const rows = [
    ['Formula', metric.formula],
    [
      'Figures',
      figuresOf(metric)
        .map((figure) => `\`${figureKey(metric, figure)}\``)
        .join(', '),
    ],
    ['Unit', units[metric.unit]],
    ['Direction', metric.direction],
    ['Clock', metric.clock],
    ['Kind', kindOf(metric)],
    ['Reads', metric.reads.map((kind) => `\`${kind}\``).join(', ')],
    ['Counts on', `${metric.attributionDate}${counted === '' ? '' : ` (\`${counted}\`)`}`],
    ...(metric.scale
      ? [['Scale', `${metric.scale.worst} to ${metric.scale.best}, ${source(metric.scale.source)}`]]
      : []),
  ];
  return [
    `## ${metric.id}`,
    `*${metric.question}*`,
    metric.definition,
    ['| | |', '|---|---|', ...rows.map(([name, text]) => `| ${name} | ${text} |`)].join('\n'),
    ['Leaves out:', ...metric.leavesOut.map((text) => `- ${text}`)].join('\n'),
    ['Sources:', ...metric.sources.map((entry) => `- ${source(entry)}`)].join('\n'),
  ].join('\n\n');
};

const { contact, company, segment, portal } = minimumSample;

const introduction = `# Metrics

Printed from \`src/domain/metrics/\` by \`node local/metrics-page.ts\`; edit the metric, not this page.

- Every value is \`measured\`, with the number of cases it rests on, or \`not measured\`, with the reason. No data is never 0.
- Intervals are 95 %. Full counts have none, since nothing was sampled; small samples have none where the statistic asks for
  more. Several answers of one person count as answers, but widen the interval as far as that person agrees with themself.
- A value enters scores from ${contact} case of a contact, ${company} of a company and ${segment} of a segment${
  segment === portal ? ' or the portal' : `, ${portal} of the portal`
}; below that it is shown in grey.
- Windows are \`[from, to)\` in the portal's time zone and end at the moment of the report at the latest. What has no date counts
  in a window over all data only; stocks always hold it.`;

/** The page as it should be. */
export const metricsPage = (): string => `${[introduction, ...catalogue.map(section)].join('\n\n')}\n`;

/** Whether docs/metrics.md says what the catalogue says, whatever the line ends of the checkout. */
export const isFresh = (): boolean =>
  existsSync(page) && readFileSync(page, 'utf8').replaceAll('\r\n', '\n') === metricsPage();

if (import.meta.main) {
  if (!process.argv.includes('--check')) writeFileSync(page, metricsPage());
  else if (!isFresh()) {
    console.error('docs/metrics.md is stale: run `node local/metrics-page.ts`.');
    process.exitCode = 1;
  }
}
