import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '#platform/errors.ts';
import { layout } from '#store/keys.ts';
import { objectTypes, type Portal } from './portals/portal.ts';

/**
 * Remembers under `home` which portal the data there were made from, and in which layout they are kept.
 * @throws ConfigurationError when it was another portal of the same name, since two are never mixed, or another layout.
 */
export function checkProvenance(home: string, portal: Portal | null): void {
  const file = join(home, 'made-from');
  const now = portal ? contentOf(portal) : 'HubSpot';
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(file, `${now}\n${keptIn}`);
    return;
  }
  const [madeFrom, held] = readFileSync(file, 'utf8').split('\n');
  if (madeFrom !== now)
    throw new ConfigurationError(
      `${home} holds what was made of another portal of this name: its seed, size or content differs.`,
      'Start anew with --fresh, use the --seed and --scale of the first run, or change the name in portal.json.',
    );
  if (held !== keptIn)
    throw new ConfigurationError(
      `${home} was filled by another version of the connector, which kept its items in other places.`,
      'Start anew with --fresh: everything is pulled again.',
    );
}

const keptIn = `layout ${layout}`;

/** A digest of what a portal holds; `mappings` only say how it is read. */
function contentOf({ definition, records, future }: Portal): string {
  const hash = createHash('sha256').update(JSON.stringify({ ...definition, mappings: undefined }));
  for (const list of [...objectTypes.map((type) => records[type]), future])
    for (const item of list) hash.update(JSON.stringify(item));
  return hash.digest('hex');
}
