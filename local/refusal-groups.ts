import type { RunOverview } from '#contract/report.ts';

const named = 3;

/** Refused writes in words, one line for each cause: how many records, the first of them, why, and what to do. */
export function refusalLines(refused: RunOverview['refused']): string[] {
  const groups = Map.groupBy(refused, ({ because, remedy }) => `${because}. ${remedy}`);
  return [...groups].map(([text, rows]) => {
    const records = rows.slice(0, named).map(({ record }) => record);
    const more = rows.length > named ? ` and ${(rows.length - named).toLocaleString('en')} more` : '';
    return `${records.join(', ')}${more}: ${text}`;
  });
}
