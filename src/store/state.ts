import { ConfigurationError, StoreConflictError } from '#platform/errors.ts';
import { stateKey } from './keys.ts';
import type { Table } from './table.ts';

/** A named document, or null when never saved. */
export async function readState<T>(table: Table, name: string): Promise<T | null> {
  const item = await table.get(stateKey(name));
  return item ? (JSON.parse(item['data'] as string) as T) : null;
}

export const saveState = (table: Table, name: string, value: unknown): Promise<void> =>
  table.put({ ...stateKey(name), data: JSON.stringify(value) });

/** The table belongs to the first portal it meets. @throws ConfigurationError for any other. */
export async function bindPortal(table: Table, portalId: string): Promise<void> {
  try {
    await table.put(
      { ...stateKey('portal'), portalId },
      {
        expression: 'attribute_not_exists(pk) OR portalId = :portalId',
        values: { ':portalId': portalId },
      },
    );
  } catch (error) {
    if (!(error instanceof StoreConflictError)) throw error;
    const bound = (await table.get(stateKey('portal')))?.['portalId'];
    throw new ConfigurationError(
      `This store holds the data of HubSpot portal ${String(bound)}, but the access token belongs to portal ${portalId}.`,
      'Use the token of the first portal, or another table for the second (on this machine: start anew with --fresh). Portals are never mixed.',
    );
  }
}
