/** Opens a portal by the reference that people write on the command line. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from './demo/customer.ts';
import { demoPortal } from './demo/demo-portal.ts';
import { readPortalDirectory } from './directory.ts';
import type { Portal } from './portal.ts';
import { PortalError } from './portal-error.ts';
import { isRealSetName, realPortal, realSetNames } from './real/real-portal.ts';

export interface OpenPortalOptions {
  /** Folder of the published data sets; see `realDataDirectory`. */
  readonly realDataDir: string;
  /** Of the demo portal; see `demoPortal`. */
  readonly seed?: number;
  readonly scale?: number;
  readonly world?: World;
}

/** Where the published sets are: `CX_REAL_DATA`, or `../shared/data` beside the project. */
export function realDataDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  return environment.CX_REAL_DATA ? resolve(environment.CX_REAL_DATA) : resolve(join(project, '../shared/data'));
}

/** `demo`, `demo:null`, `real:<name>`, or the path of a portal directory. */
export async function openPortal(reference: string, options: OpenPortalOptions): Promise<Portal> {
  const { realDataDir, ...demo } = options;
  if (reference === 'demo') return demoPortal(demo).portal;
  if (reference === 'demo:null') return demoPortal({ ...demo, world: 'null' }).portal;
  if (reference.startsWith('real:')) {
    const name = reference.slice('real:'.length);
    if (isRealSetName(name)) return await realPortal(name, realDataDir);
  } else if (await isDirectory(reference)) {
    return await readPortalDirectory(reference);
  }
  const real = realSetNames.map((name) => `real:${name}`).join(', ');
  throw new PortalError(
    `There is no portal "${reference}". Known are demo, demo:null, ${real}, ` +
      'or the path of a folder with a portal.json (docs/portal-format.md).',
  );
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
