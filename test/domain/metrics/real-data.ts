import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TestContext } from 'vitest';

const folder = process.env.CX_REAL_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');

/** Bytes of a real data file; the test is skipped on a checkout that does not have it. */
export function realData({ skip }: TestContext, path: string): Buffer {
  const file = resolve(folder, path);
  if (!existsSync(file)) skip('real data not present');
  const bytes = readFileSync(file);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** A worked example with the result its source prints. */
export interface Oracle<I, E> {
  readonly id: string;
  readonly inputs: I;
  readonly expected: E;
  /** Absolute; 1e-5 where the file gives none. */
  readonly tolerance: number;
}

const defaultTolerance = 1e-5;

/** One entry of the worked examples. */
export function oracle<I, E>(context: TestContext, id: string): Oracle<I, E> {
  const all: readonly (Omit<Oracle<I, E>, 'tolerance'> & { readonly tolerance: number | null })[] = JSON.parse(
    realData(context, 'metric-oracles/oracles.json').toString('utf8'),
  );
  const found = all.find((entry) => entry.id === id);
  if (!found) throw new Error(`no worked example ${id}`);
  return { ...found, tolerance: found.tolerance ?? defaultTolerance };
}
