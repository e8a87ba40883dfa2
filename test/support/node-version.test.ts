import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';

/** The folder of the Node that npm installed for this platform, null where there is none. */
const providedNode = (): string | null => {
  try {
    return dirname(createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`));
  } catch {
    return null;
  }
};

test('the tests run on the Node that npm provides, whatever the host has', () => {
  const provided = providedNode();
  expect(process.features.typescript).toBe('strip');
  expect(dirname(dirname(process.execPath))).toBe(provided ?? dirname(dirname(process.execPath)));
});
