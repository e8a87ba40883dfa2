import * as z from 'zod';
import { type ConnectorConfig, connectorConfigSchema } from './config.ts';
import { ConfigurationError } from './errors.ts';

/**
 * Fills in the defaults of a written configuration.
 * @throws ConfigurationError that names each wrong field and what is wrong with it.
 */
export function readConfig(written: unknown): ConnectorConfig {
  const read = connectorConfigSchema.safeParse(written);
  if (read.success) return read.data;
  throw new ConfigurationError(
    `The configuration is not valid:\n${z.prettifyError(read.error)}`,
    'Mend these fields in connector.config.ts; src/platform/config.ts describes each.',
    { cause: read.error },
  );
}
