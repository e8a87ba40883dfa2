import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Figure, meetsGoal } from '#bench/harness/figure.ts';
import { median } from '#bench/harness/median.ts';
import { figureTable } from '#bench/harness/table.ts';
import { peerCalls } from '#bench/support/peer-calls.ts';

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [resolve(import.meta.dirname, '../../bench/run.ts'), ...words], { encoding: 'utf8' });

const size = { id: 'bundle.kb', value: 80, unit: 'KB', goal: 100, better: 'lower', beside: { floor: 2 } } as const;

describe('npm run bench', () => {
  test('lists its benches when none is named', () => {
    const { stdout, status } = bench();
    expect(stdout).toMatch(/^ {2}bundles +size of each bundle/m);
    expect(status).toBe(0);
  });

  test('says which benches there are when an unknown one is named', () => {
    const { stdout, stderr, status } = bench('nope', '--json');
    expect(stderr).toMatch(/^There is no bench "nope"\. Benches: .*bundles/);
    expect([stdout, status]).toEqual(['', 2]);
  });

  test('shows a figure with its goal and what others reach', () => {
    const row = figureTable([size])
      .split('\n')
      .find((line) => line.includes('bundle.kb'));
    expect(row).toMatch(/bundle\.kb .*80 KB .*≤ 100 KB .*met .*floor 2 KB/);
    expect(figureTable([{ ...size, value: 101 }])).toContain('missed');
  });

  test.each([
    { value: 100, better: 'lower', met: true },
    { value: 101, better: 'lower', met: false },
    { value: 100, better: 'higher', met: true },
    { value: 99, better: 'higher', met: false },
  ] as const)('$value against a goal of 100 where $better is better: $met', ({ met, ...figure }) => {
    expect(meetsGoal({ ...size, ...figure })).toBe(met);
  });

  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('npm run bench -- calls', () => {
  test('keeps its promises on a hundredth of its records, and says what they rest on', { timeout: 300_000 }, () => {
    const { stdout, stderr, status } = bench('calls', '--small', '--json');
    expect(status, stderr).toBe(0);
    const { figures, assumes }: { figures: readonly Figure[]; assumes: readonly string[] } = JSON.parse(stdout);
    expect(figures.filter((figure) => !meetsGoal(figure))).toEqual([]);
    const ids = ['backfill.calls', 'backfill.minutes', 'incremental.calls', 'history.calls', 'dynamodb.lost'];
    expect(figures.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(assumes.join('\n')).toContain('150 to 600 ms');
  });

  const whole = { contacts: 1_000_000, tickets: 300_000, answers: 100_000 };
  const changed = { contacts: 6_000, tickets: 3_000, answers: 1_000 };

  // Worked out by hand from what the code of each was read to do.
  test.each([
    ['Airbyte (no answers)', 13_000, 150],
    ['singer-io (no answers)', 13_000, 13_000],
    ['Meltano (no associations)', 14_000, 4_060],
    ['dlt (no answers)', 16_000, 16_000],
    ['Supaglue (no answers)', 13_073, 285],
    ['Nango (no answers, no associations)', 13_000, 90],
    ['PostHog (no answers)', 13_000, 105],
    ['Estuary', 14_000, 533],
  ])('stands beside %s: %d calls, and %d for changes', (name, backfill, incremental) => {
    const peer = peerCalls[name];
    expect([peer?.backfill(whole), peer?.incremental(changed, whole)]).toEqual([backfill, incremental]);
  });
});

describe('npm run bench -- webhook', () => {
  test('loses nothing and answers none of our own writes, with few records for a few seconds', {
    timeout: 300_000,
  }, () => {
    const { stdout, stderr, status } = bench('webhook', '--small', '--seconds', '2', '--json');
    expect(status, stderr).toBe(0);
    const { figures, assumes }: { figures: readonly Figure[]; assumes: readonly string[] } = JSON.parse(stdout);
    const value = (id: string): number | undefined => figures.find((figure) => figure.id === id)?.value;
    for (const id of ['lost', 'echo.hydrations', 'echo.recomputes', 'echo.writes'])
      expect([id, value(id)]).toEqual([id, 0]);
    const latencies = ['receive.p99Ms', 'latency.p50Ms', 'latency.p95Ms', 'latency.p99Ms'];
    const measured = [...latencies, 'rate', 'reads.perEvent', 'reads.floor', 'storeOps.perEvent'];
    for (const id of measured) expect([id, (value(id) ?? 0) > 0]).toEqual([id, true]);
    expect(value('echo.searchCalls')).toBeLessThanOrEqual(60);
    expect(assumes.join('\n')).toContain('Time is real');
  });

  test('takes a number of seconds, and says so', () => {
    const { stderr, status } = bench('webhook', '--seconds', 'soon');
    expect([stderr.trim(), status]).toEqual(['--seconds takes a number greater than 0, not "soon".', 2]);
  });
});
