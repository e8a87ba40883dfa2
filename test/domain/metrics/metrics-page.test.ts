import { expect, test } from 'vitest';
import { catalogue } from '#domain/metrics/catalogue.ts';
import { isFresh, metricsPage } from '#local/metrics-page.ts';

test('docs/metrics.md says what the catalogue says', () => {
  expect(isFresh(), 'run `node local/metrics-page.ts`').toBe(true);
});

test('the page of metrics has a section for each', () => {
  for (const { id, definition } of catalogue) {
    expect(metricsPage()).toContain(`## ${id}\n`);
    expect(metricsPage()).toContain(definition);
  }
});
