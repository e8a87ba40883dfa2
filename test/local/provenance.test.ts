import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkProvenance } from '#local/provenance.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'provenance-'));
});
afterEach(() => rm(home, { recursive: true }));

const check = () => checkProvenance(home, null);

test('what was made from the same portal in the same layout is opened again', () => {
  check();
  expect(check).not.toThrow();
});

test.each([
  ['of no known layout, as by the first version', () => 'HubSpot'],
  ['of an earlier layout', (now: string) => now.replace(/layout \d+/, 'layout 1')],
  ['of a later layout', (now: string) => `${now}0`],
])('data %s are refused, with the way out', async (_, as) => {
  check();
  const file = join(home, 'made-from');
  await writeFile(file, as(await readFile(file, 'utf8')));
  expect(check).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringContaining('another version'),
      remedy: expect.stringContaining('--fresh'),
    }),
  );
});
