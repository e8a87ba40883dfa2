import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** An item as it lies in the table. */
export interface RawItem {
  readonly pk: string;
  readonly sk: string;
  readonly data?: unknown;
}

/** Every item of a table in an embedded DynamoDB, for looking for what should not be there. */
export async function* everyItem({
  tableName,
  endpoint,
}: {
  tableName: string;
  endpoint?: string;
}): AsyncGenerator<RawItem> {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      ...(endpoint !== undefined && { endpoint }),
    }),
  );
  try {
    for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) yield* Items as RawItem[];
  } finally {
    client.destroy();
  }
}
