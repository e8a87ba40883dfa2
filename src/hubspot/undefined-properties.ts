import type { RecordKind } from '#domain/records/record.ts';
import { type ConnectorConfig, connectorConfigSchema } from '#platform/config.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { objectTypes } from './object-types.ts';
import { definedProperties } from './property-definitions.ts';
import type { Transport } from './transport.ts';

type Named = readonly [kind: RecordKind, property: string];

const stock = connectorConfigSchema.parse({});

/** The names that somebody wrote: a default may be missing from a portal, whose records simply do not have it. */
const written = <T extends Readonly<Record<string, string | undefined>>>(names: T, defaults: T): string[] =>
  Object.entries(names).flatMap(([field, property]) => (property && property !== defaults[field] ? [property] : []));

/** Every property the configuration names beyond its defaults, with its kind of record. */
export function configuredProperties({ customer, usage, products, ticket, deal }: ConnectorConfig): Named[] {
  const { history, ...ticketProperties } = ticket;
  const customerProperties = [
    ...customer.since,
    ...customer.until,
    ...customer.renewal,
    ...usage.recent,
    ...usage.before,
    ...products,
  ];
  return [
    ...customerProperties.map(({ on, property }): Named => [on, property]),
    ...written(ticketProperties, stock.ticket).map((property): Named => ['ticket', property]),
    ...written(deal, stock.deal).map((property): Named => ['deal', property]),
  ];
}

/** What may not be looked at cannot be missed: the pull of that kind says which scope to grant. */
const nullIfNotGranted = (error: unknown): null => {
  if (error instanceof HubSpotRefusedError && error.status === 403) return null;
  throw error;
};

/**
 * Properties the configuration names and the portal does not define, as `contacts.customer_until`. HubSpot leaves unknown
 * names out of its answers without a word, so a misspelt one would read as empty for ever.
 */
export async function undefinedProperties(transport: Transport, config: ConnectorConfig): Promise<readonly string[]> {
  const named = configuredProperties(config);
  const kinds = [...new Set(named.map(([kind]) => kind))];
  const missing = await Promise.all(
    kinds.map(async (kind) => {
      const type = objectTypes[kind].path;
      const defined = await definedProperties(transport, type).catch(nullIfNotGranted);
      if (defined === null) return [];
      const ours = named.flatMap(([on, property]) => (on === kind ? [property] : []));
      return [...new Set(ours)].filter((property) => !defined.has(property)).map((property) => `${type}.${property}`);
    }),
  );
  return missing.flat();
}
