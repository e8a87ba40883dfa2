import { type HubSpotOptions, hubSpotCrm } from '#hubspot/crm.ts';
import type { Crm } from '#pipeline/ports.ts';
import { type ConnectorConfigInput, connectorConfigSchema } from '#platform/config.ts';
import { tickClock } from './tick-clock.ts';

/** A configuration with its defaults. */
export const configured = (input: ConnectorConfigInput = {}) => connectorConfigSchema.parse(input);

/** The adapter against a server of the test's, without jitter. */
export const connected = (baseUrl: string, options: Partial<HubSpotOptions> = {}): Crm =>
  hubSpotCrm({
    baseUrl,
    accessToken: 'pat-secret-token',
    config: configured(),
    clock: tickClock(),
    timeoutMs: 2_000,
    random: () => 0.5,
    ...options,
  });
