import { expect, test } from 'vitest';
import { openWorkshop } from '../local/workshop.ts';

const { cx } = openWorkshop();

test('the demo portal’s whole report equals the committed one (npx vitest run test/golden -u after a wanted change)', async () => {
  const { stdout } = await cx(['run', '--once', '--json', '--portal', 'demo']);
  const { durationMs, ...report } = JSON.parse(stdout);
  expect(durationMs).toBeGreaterThan(0);
  await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot('demo-report.json');
});
