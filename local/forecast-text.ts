import Table from 'cli-table3';
import type { BackfillForecast, ForecastTotal } from '#pipeline/forecast.ts';
import { awsPrices } from '#pipeline/forecasting/aws-cost.ts';
import { objectNames } from './object-names.ts';
import { plainTable } from './plain-table.ts';

const count = (n: number): string => n.toLocaleString('en');
const minutes = (n: number): string => (n < 1 ? 'less than a minute' : `about ${n.toFixed(n < 10 ? 1 : 0)} min`);
const dollars = (n: number): string => (n < 0.01 ? 'less than $0.01' : `$${n.toFixed(2)}`);

/** A forecast in words, for a terminal. */
export function forecastText(forecast: BackfillForecast | null): string {
  if (!forecast) return 'Everything was read before: the next pull reads what changed since.';
  const { kinds, chosen, modes, allowance } = forecast;
  const records = kinds.reduce((sum, kind) => sum + kind.records, 0);
  const day = allowance ? `; ${count(allowance.remaining)} of ${count(allowance.calls)} are left today` : '';
  return [
    `To read    ${count(records)} records: ${total(chosen)}${day}`,
    kindTable(forecast),
    ...(['frugal', 'fast'] as const).map((mode) => `All ${mode.padEnd(6)} ${total(modes[mode])}`),
    `AWS        would charge ${cost(chosen)}`,
    `           (prices of ${awsPrices.region} as of ${awsPrices.asOf}; metrics, scores and stage histories come after)`,
  ].join('\n');
}

const total = ({ calls, shareOfDay, minutes: time }: ForecastTotal): string => {
  const share = shareOfDay === null ? '' : ` (${percent(shareOfDay)} of a day's)`;
  return `${count(calls.total)} calls${share}, ${minutes(time)}`;
};

const percent = (share: number): string => (share < 0.001 ? 'less than 0.1 %' : `${(100 * share).toFixed(1)} %`);

const cost = ({ cost: { writes, reads, compute, storagePerMonth } }: ForecastTotal): string =>
  `${dollars(writes + reads + compute)} once, and ${dollars(storagePerMonth)} a month for storage`;

function kindTable({ kinds }: BackfillForecast): string {
  const numbers = ['records', 'searches', 'lists', 'links'];
  const table = new Table(plainTable(['', ...numbers, ''], numbers));
  for (const { kind, records, mode, calls } of kinds) {
    const { search, list, associations } = calls[mode];
    table.push([objectNames[kind], ...[records, search, list, associations].map(count), mode]);
  }
  return table.toString();
}
