/**
 * What your company means by customer, churned, usage and survey scales.
 * Everything has a default that works on a stock HubSpot portal; see `src/platform/config.ts` for each field.
 */
import type { ConnectorConfigInput } from './src/platform/config.ts';

const config: ConnectorConfigInput = {
  language: 'en',
};

export default config;
