import { beforeAll, describe, expect, it } from 'vitest';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.05);

/** One score as `cx explain` tells it: the headline, the exact points and the whole ones. */
interface Told {
  readonly headline: string;
  readonly exact: readonly number[];
  readonly exactSum: number;
  readonly whole: readonly number[];
  readonly score: number;
}

function told(stdout: string, model: 'HEALTH' | 'CHURN RISK' | 'UPSELL'): Told {
  const section = stdout.slice(stdout.indexOf(`\n${model} `) + 1).split('\n\n', 1)[0] ?? '';
  const [table = '', sum = ''] = section.split('In whole points:');
  const [, base = '', exactSum = ''] = /^(-?\d+) to begin with and the points above: (-?[\d.]+)\.$/m.exec(table) ?? [];
  const points = [...table.matchAll(/^ *([+-]?\d+(?:\.\d+)?) {2}[a-z]\w+ {2}/gm)].map(([, each]) => Number(each));
  const whole = [...sum.matchAll(/^ +([+-]?\d+) {2}/gm)].map(([, each]) => Number(each));
  return {
    headline: section.split('\n', 1)[0] ?? '',
    exact: [Number(base), ...points],
    exactSum: Number(exactSum),
    whole,
    score: Number(/^ *= (\d+) {2}score$/m.exec(sum)?.[1]),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('cx explain', () => {
  const shop = openWorkshop();
  let summary: string;
  beforeAll(async () => {
    await shop.portal('small', portal);
    summary = (await shop.cx(['run', '--portal', 'small', '--once'])).stdout;
  });

  const explained = async (kind: string, id: string): Promise<string> => {
    const { stdout, stderr, status } = await shop.cx(['explain', kind, id, '--portal', 'small']);
    expect(status, stderr).toBe(0);
    return stdout;
  };

  it('answers the command that the summary proposes', async () => {
    const [, kind = '', id = ''] = /npm run cx -- explain (\w+) (\d+)/.exec(summary) ?? [];
    const stdout = await explained(kind, id);
    expect(stdout).toMatch(
      new RegExp(`^.+ \\(${kind} ${id}\\), as of 2026-10-01T00:00:00.000Z\n\nFACTS\nDay +Kind +Id`),
    );
    const [, points] = new RegExp(`^ +(\\d+) .*\n +${kind} ${id} `, 'm').exec(summary) ?? [];
    expect(told(stdout, 'CHURN RISK').headline).toContain(`CHURN RISK ${points} points, `);
  });

  it.each(['contact', 'company'])('prints points of a %s that add up to its scores', async (kind) => {
    const [, listed = ''] = new RegExp(`\n +${kind} (\\d+) `).exec(summary) ?? [];
    const stdout = await explained(kind, listed);
    const models = (['HEALTH', 'CHURN RISK', 'UPSELL'] as const).map((model) => told(stdout, model));
    const scored = models.filter(({ score }) => !Number.isNaN(score));
    expect(scored.length).toBeGreaterThan(0);
    for (const { headline, exact, exactSum, whole, score } of scored) {
      expect(headline).toMatch(new RegExp(` ${score} (of 100|points), `));
      expect(total(whole), headline).toBe(score);
      expect(Math.abs(total(exact) - exactSum), headline).toBeLessThan(0.1);
      expect(Math.abs(exactSum - score), headline).toBeLessThan(0.51);
    }
  });

  it.each([
    ['contact', '77'],
    ['company', '99999999999999999999'],
    ['contact', 'Ada'],
  ])('says that there is no %s %s', async (kind, id) => {
    const { stdout, stderr, status } = await shop.cx(['explain', kind, id, '--portal', 'small']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^There is no scored ${kind} ${id} in portal demo\\.\nCheck the id `));
  });

  it('asks for a first run where there was none', async () => {
    const { stderr, status } = await shop.cx(['explain', 'contact', '1', '--portal', 'demo:null', '--scale', '0.01']);
    expect(status).toBe(1);
    expect(stderr).toContain('Pull once first');
  });
});
