import type { LeaseBook } from '#pipeline/ports.ts';
import { ConnectorError, StoreBusyError } from '#platform/errors.ts';
import { wasMade } from './conditions.ts';
import { leaseKey } from './keys.ts';
import { openTable, type Table, type TableOptions } from './table.ts';

/** Whoever waits for a lease tries again; what was wrong with DynamoDB stays as the cause. */
const orBusy = (error: unknown): never => {
  if (error instanceof ConnectorError) throw error;
  throw new StoreBusyError(
    'The allowances shared with other processes cannot be read or written now.',
    'Nothing to do: it is tried again later. If it stays so, look at the table in CloudWatch.',
    { cause: error },
  );
};

/** The lease book in the one table: an item for each allowance, written on condition that its version is the one seen. */
export const dynamoLeaseBook = (options: TableOptions): LeaseBook => leaseBook(openTable(options));

/** The lease book in a table that is open. */
export function leaseBook(table: Table): LeaseBook {
  return {
    readLease: async <T>(name: string) => {
      const item = await table.get(leaseKey(name)).catch(orBusy);
      return item && { version: item['version'] as number, value: JSON.parse(item['data'] as string) as T };
    },
    swapLease: async (name, before, after) => {
      const version = (before?.version ?? 0) + 1;
      const item = { ...leaseKey(name), version, data: JSON.stringify(after) };
      const unchanged = before
        ? { expression: 'version = :seen', values: { ':seen': before.version } }
        : { expression: 'attribute_not_exists(pk)' };
      const made = await wasMade(table.put(item, unchanged)).catch(orBusy);
      return made ? { version, value: after } : null;
    },
  };
}
