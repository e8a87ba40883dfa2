import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attributions } from '#domain/metrics/attribution.ts';
import { catalogue, figureKey, figuresOf, metricById } from '#domain/metrics/catalogue.ts';
import { attributionsOfMetric } from '#domain/metrics/fact-contribution.ts';
import { minimumSample, restsOnEnough } from '#domain/metrics/minimum-sample.ts';

const files = readdirSync(resolve(import.meta.dirname, '../../../src/domain/metrics')).map((name) =>
  name.replace(/\.ts$/, ''),
);

describe('the catalogue', () => {
  test('has one file per metric, named after its id, and no id twice', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(files).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(catalogue.map((metric) => [metric.id, metric] as const))(
    'says of %s what it asks, computes and leaves out',
    (_, metric) => {
      for (const text of [
        metric.question,
        metric.definition,
        metric.formula,
        metric.attributionDate,
        ...metric.leavesOut,
      ])
        expect(text.length).toBeGreaterThan(4);
      expect(metric.question).toMatch(/\?$/);
      expect(metric.leavesOut.length).toBeGreaterThan(0);
      expect(metric.sources.length).toBeGreaterThan(0);
      expect(figuresOf(metric).length).toBeGreaterThan(0);
    },
  );

  test.each(catalogue.map((metric) => [metric.id, metric] as const))(
    'says of %s which records it reads, those it counts and those that follow among them',
    (_, metric) => {
      const followed = metric.kind === 'case' ? [metric.follows.attribution as keyof typeof attributions] : [];
      const kinds = [...attributionsOfMetric(metric), ...followed].map((name) => attributions[name].kind);
      expect(metric.reads).toEqual(expect.arrayContaining(kinds));
      expect(new Set(metric.reads).size).toBe(metric.reads.length);
      expect(metric.reads.length).toBeGreaterThan(0);
    },
  );

  test('has nothing measured where nothing was counted', () => {
    for (const metric of catalogue)
      for (const measurement of Object.values(metric.present(metric.empty)))
        expect(measurement.status).toBe('not_measured');
  });

  test('finds metrics by id and names their figures', () => {
    const metric = metricById('time-to-resolution');
    expect(metric).toBeDefined();
    expect(metric && figuresOf(metric).map((figure) => figureKey(metric, figure))).toEqual([
      'time-to-resolution.median',
      'time-to-resolution.mean',
      'time-to-resolution.p90',
    ]);
    expect(figureKey({ id: 'nps' }, 'value')).toBe('nps');
    expect(metricById('happiness')).toBeUndefined();
  });
});

describe('the minimum sample', () => {
  test('asks for 1 case of a contact, 3 of a company and 30 of more', () => {
    expect(minimumSample).toEqual({ contact: 1, company: 3, segment: 30, portal: 30 });
    expect(restsOnEnough({ status: 'measured', value: 1, n: 29 }, 'portal')).toBe(false);
    expect(restsOnEnough({ status: 'measured', value: 1, n: 30 }, 'portal')).toBe(true);
    expect(restsOnEnough({ status: 'not_measured', because: 'no data', n: 500 }, 'contact')).toBe(false);
  });
});
