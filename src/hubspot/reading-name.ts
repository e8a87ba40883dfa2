import { createHash } from 'node:crypto';
import type { ConnectorConfig } from '#platform/config.ts';

/** A short name for how records are read: it changes with the properties asked for and with every mapping. */
export function readingName({ language, write, ...mapped }: ConnectorConfig, properties: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([properties, mapped]))
    .digest('hex')
    .slice(0, 16);
}
