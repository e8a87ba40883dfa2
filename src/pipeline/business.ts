import type { ConnectorConfig } from '#platform/config.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { type BusinessClock, businessClock } from '../domain/time/business-clock.ts';
import { problemsIn } from '../domain/time/business-hours.ts';
import type { Zone } from '../domain/time/zone.ts';

/** The configuration, if its business hours can be used. @throws ConfigurationError that names each wrong place. */
export function withUsableHours(config: ConnectorConfig): ConnectorConfig {
  const { businessHours } = config;
  const problems = businessHours ? problemsIn({ ...businessHours, timeZone: businessHours.timeZone ?? 'UTC' }) : [];
  if (problems.length === 0) return config;
  throw new ConfigurationError(
    `The business hours are not valid:\n${problems.map((problem) => `  businessHours.${problem}`).join('\n')}`,
    'Mend these places in connector.config.ts.',
  );
}

/** The clock of the configured business hours, in the portal's time zone unless they name another; undefined without any. */
export function businessOf({ businessHours }: ConnectorConfig, zone: Zone): BusinessClock | undefined {
  return businessHours && businessClock({ ...businessHours, timeZone: businessHours.timeZone ?? zone.name });
}
