import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { createTable } from '#store/create-table.ts';
import type { Table } from './chain.ts';

const batchSize = 25;

/** A table with the same items in the same database; an empty one where there is nothing to copy. */
export async function copyTable(tableName: string, endpoint: string, from: string | null): Promise<Table> {
  await createTable({ tableName, endpoint });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'local', credentials }));
  for await (const { Items = [] } of from === null
    ? []
    : paginateScan({ client, pageSize: batchSize }, { TableName: from }))
    if (Items.length > 0)
      await client.send(
        new BatchWriteCommand({ RequestItems: { [tableName]: Items.map((Item) => ({ PutRequest: { Item } })) } }),
      );
  client.destroy();
  return { tableName, endpoint };
}
