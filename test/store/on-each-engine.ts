import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { EmbeddedDynamoDb } from '#local/dynamodb.ts';
import type { Store } from '#pipeline/ports.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { engines } from './engines.ts';

/** Runs the tests against every engine there is; each test gets a store over an empty table. */
export function onEachEngine(subject: string, tests: (opened: () => Store) => void): void {
  for (const { name, start } of engines)
    describe.skipIf(!start)(`${subject} (${name})`, () => {
      let db: EmbeddedDynamoDb;
      let store: Store;
      let tables = 0;
      beforeAll(async () => {
        if (start) db = await start();
      });
      beforeEach(async () => {
        const table = { tableName: `table-${++tables}`, endpoint: db.url };
        await createTable(table);
        store = dynamoStore(table);
      });
      afterAll(() => db?.close());
      tests(() => store);
    });
}
