import { createHash } from 'node:crypto';
import type { ConnectorConfig } from '#platform/config.ts';

/** Raise it whenever a mapping reads the same properties differently, so that stored records are read again. */
const version = 2;

/** A short name for how records are read: it changes with the properties asked for, the mappings and our own version. */
export function readingName({ language, write, ...mapped }: ConnectorConfig, properties: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([version, properties, mapped]))
    .digest('hex')
    .slice(0, 16);
}
