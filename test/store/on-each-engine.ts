import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { EmbeddedDynamoDb } from '#local/dynamodb.ts';
import type { Store } from '#pipeline/ports.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import type { TableOptions } from '#store/table.ts';
import { engines } from './engines.ts';

/** The table a test has for itself. */
export type TestTable = Required<Pick<TableOptions, 'tableName' | 'endpoint'>>;

/** Runs the tests against every engine there is; each test gets a store over an empty table, and where that table is. */
export function onEachEngine(subject: string, tests: (opened: () => Store, table: () => TestTable) => void): void {
  for (const { name, start } of engines)
    describe.skipIf(!start)(`${subject} (${name})`, () => {
      let db: EmbeddedDynamoDb;
      let store: Store;
      let table: TestTable;
      let tables = 0;
      beforeAll(async () => {
        if (start) db = await start();
      });
      beforeEach(async () => {
        table = { tableName: `table-${++tables}`, endpoint: db.url };
        await createTable(table);
        store = dynamoStore(table);
      });
      afterAll(() => db?.close());
      tests(
        () => store,
        () => table,
      );
    });
}
