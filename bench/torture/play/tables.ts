import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { findDynoxide, startDynoxide } from '#local/dynoxide.ts';
import { createTable } from '#store/create-table.ts';
import type { TableOptions } from '#store/table.ts';

/** Fresh tables, one after the other, on one embedded DynamoDB. */
export interface Tables {
  readonly engine: string;
  next(): Promise<TableOptions & { readonly endpoint: string }>;
  close(): Promise<void>;
}

/** The stricter and quicker engine where npm has it, else the portable one. */
export async function openTables(): Promise<Tables> {
  const dynoxide = findDynoxide();
  const db: EmbeddedDynamoDb = dynoxide ? await startDynoxide(dynoxide) : await startDynamoDb();
  let opened = 0;
  return {
    engine: dynoxide ? 'dynoxide' : 'dynalite',
    next: async () => {
      const table = { tableName: `torture-${++opened}`, endpoint: db.url };
      await createTable(table);
      return table;
    },
    close: () => db.close(),
  };
}
