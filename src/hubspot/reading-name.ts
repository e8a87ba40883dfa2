import { createHash } from 'node:crypto';
import type { ConnectorConfig } from '#platform/config.ts';

/** Raise it whenever a mapping reads the same properties differently, so that stored records are read again. */
const version = 4;

/**
 * A short name for how records are read: it changes with the properties asked for, the mappings and our own version, not
 * with how often and at which price something is read.
 */
export function readingName(config: ConnectorConfig, properties: readonly string[]): string {
  const { language, write, sync, businessHours, ...mapped } = config;
  const { history, ...ticket } = mapped.ticket;
  return createHash('sha256')
    .update(JSON.stringify([version, properties, { ...mapped, ticket }]))
    .digest('hex')
    .slice(0, 16);
}
