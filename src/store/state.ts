import { ConfigurationError } from '#platform/errors.ts';
import { wasMade } from './conditions.ts';
import { layout, stateKey } from './keys.ts';
import type { Table } from './table.ts';

/** A named document, or null when never saved. */
export async function readState<T>(table: Table, name: string): Promise<T | null> {
  const item = await table.get(stateKey(name));
  return item ? (JSON.parse(item['data'] as string) as T) : null;
}

/** Documents by name, those never saved left out. */
export async function readStates(table: Table, names: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const items = await table.getMany(names.map(stateKey));
  return new Map(items.map((item) => [item.sk, JSON.parse(item['data'] as string) as unknown]));
}

export const saveState = (table: Table, name: string, value: unknown): Promise<void> =>
  table.put({ ...stateKey(name), data: JSON.stringify(value) });

/**
 * The table belongs to the first portal it meets, and to the layout of keys it was first written in.
 * @throws ConfigurationError for any other.
 */
export async function bindPortal(table: Table, portalId: string): Promise<void> {
  const bound = await wasMade(
    table.put(
      { ...stateKey('portal'), portalId, layout },
      {
        expression: 'attribute_not_exists(pk) OR (portalId = :portalId AND layout = :layout)',
        values: { ':portalId': portalId, ':layout': layout },
      },
    ),
  );
  if (bound) return;
  const held = await table.get(stateKey('portal'));
  if (held?.['portalId'] === portalId)
    throw new ConfigurationError(
      'This store was filled by another version of the connector, which kept its items in other places.',
      'Pull everything again into a new table (on this machine: start anew with --fresh), then delete this one.',
    );
  throw new ConfigurationError(
    `This store holds the data of HubSpot portal ${String(held?.['portalId'])}, but the access token belongs to portal ${portalId}.`,
    'Use the token of the first portal, or another table for the second (on this machine: start anew with --fresh). Portals are never mixed.',
  );
}
