import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closing-line-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs test files of their own and answers the last line printed. */
const lastLineOf = (files: Record<string, string>): { line: string | undefined; status: number | null } => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const reporters = ['default', join(root, 'test/support/closing-line-reporter.ts')].map(
    (name) => `--reporter=${name}`,
  );
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--globals', ...reporters], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  return { line: run.stdout.trimEnd().split('\n').at(-1), status: run.status };
};

test('a test run ends with a line that counts what passed', () => {
  const passing = "test('a', () => {}); test('b', () => {});";
  expect(lastLineOf({ 'a.test.js': passing })).toEqual({ line: '2 passed, 0 failed', status: 0 });
});

test('a file that cannot be loaded is a failure, and what was skipped is told', () => {
  const mixed = "test('a', () => {}); test('b', () => { throw new Error('b'); }); test.skip('c', () => {});";
  const files = { 'mixed.test.js': mixed, 'broken.test.js': "throw new Error('broken');" };
  expect(lastLineOf(files)).toEqual({ line: '1 passed, 2 failed, 1 skipped', status: 1 });
});
