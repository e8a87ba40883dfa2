import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ours from '#config';
import { ConfigurationError } from '#platform/errors.ts';

/** What a person configured: the default export of `path`, or of the project's `connector.config.ts`; not checked yet. */
export async function writtenConfig(path: string | undefined): Promise<Record<string, unknown>> {
  if (path === undefined) return { ...ours };
  const file = resolve(path);
  await access(file).catch((cause: unknown) => {
    throw new ConfigurationError(`There is no configuration file ${path}.`, 'Give --config the path of one.', {
      cause,
    });
  });
  const module = await import(pathToFileURL(file).href).catch((cause: Error) => {
    throw new ConfigurationError(`${path} cannot be read: ${cause.message}`, howTo, { cause });
  });
  if (typeof module.default !== 'object' || module.default === null)
    throw new ConfigurationError(`${path} has no default export that is a configuration.`, howTo);
  return { ...module.default };
}

const howTo = 'Write it like connector.config.ts: `export default { … }`.';
