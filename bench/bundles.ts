import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFile, bundleFunction } from '#lib/bundle.ts';
import { type FunctionName, functionEnvironments } from '#platform/environment/functions.ts';
import type { BenchOptions, Figure } from './harness/figure.ts';
import { median } from './harness/median.ts';

const execute = promisify(execFile);
const imports = 9;
const peer = '@hubspot/api-client';

/** About a sixth of the size of HubSpot's own client; a load that is not felt in a cold start. */
const goals: Load = { kb: 800, loadMs: 200 };

/** HubSpot waits at this door: 450,000 bytes at most. */
const stricter: Partial<Record<FunctionName, Load>> = { 'receive-webhook': { kb: 439, loadMs: 200 } };

const measured = `
  const before = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - before);
`;

/** Milliseconds to import a module, median over fresh processes. */
async function loadMs(file: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < imports; round++) {
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', measured, file]);
    times.push(Number(stdout));
  }
  return median(times);
}

const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

interface Load {
  readonly kb: number;
  readonly loadMs: number;
}

async function measure(file: string): Promise<Load> {
  const { size } = await stat(file);
  return { kb: rounded(size / 1024, 1), loadMs: rounded(await loadMs(file)) };
}

/** The least a module takes: one that does nothing. */
async function measureFloor(folder: string): Promise<Load> {
  const file = join(folder, 'floor.mjs');
  await writeFile(file, 'export const handler = () => {};\n');
  return measure(file);
}

/** HubSpot's client as its documentation has it imported, alone, bundled with our options. */
async function measurePeer(folder: string): Promise<Load> {
  const entry = join(folder, 'peer.js');
  const client = createRequire(import.meta.url).resolve(peer);
  await writeFile(
    entry,
    `import { Client } from ${JSON.stringify(client)};\nexport const handler = () => new Client();\n`,
  );
  return measure(bundleFile(entry, join(folder, 'peer.mjs')).file);
}

const figuresOf = (name: FunctionName, own: Load, floor: Load, others: Load): Figure[] =>
  (['kb', 'loadMs'] as const).map((figure) => ({
    id: `${name}.${figure}`,
    value: own[figure],
    unit: figure === 'kb' ? 'KB' : 'ms',
    goal: (stricter[name] ?? goals)[figure],
    better: 'lower',
    beside: { floor: floor[figure], [`${peer} alone`]: others[figure] },
  }));

export const name = 'bundles';

export const describes = `size of each bundle as deployed, and its load time (median of ${imports} fresh processes)`;

/** How big each deployed function is, and how long it takes to load: the part of a cold start that is ours. */
export async function run({ progress }: BenchOptions): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  try {
    progress(`loading nothing, and ${peer}`);
    const [floor, others] = [await measureFloor(folder), await measurePeer(folder)];
    const figures: Figure[] = [];
    for (const id of Object.keys(functionEnvironments) as FunctionName[]) {
      progress(`bundling and loading ${id}`);
      const { file } = bundleFunction(id, join(folder, id));
      figures.push(...figuresOf(id, await measure(file), floor, others));
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
