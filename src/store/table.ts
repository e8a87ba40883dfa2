import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { StoreConflictError } from '#platform/errors.ts';
import type { Key } from './keys.ts';

/** An item: its key and plain attributes. Structured content travels as one JSON string in `data`. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** Which items of a partition. Both ends are included. */
export interface SortRange {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The single table: the few DynamoDB operations the store is made of. */
export interface Table {
  get(key: Key): Promise<Item | null>;
  getMany(keys: readonly Key[]): Promise<Item[]>;
  /** All items of a partition in sort order, page by page. */
  query(pk: string, range?: SortRange): AsyncIterable<Item>;
  /** How many items a partition holds. */
  count(pk: string): Promise<number>;
  /** @throws StoreConflictError when the condition does not hold. */
  put(item: Item, condition?: Condition): Promise<void>;
  /** Puts an item and answers the one it replaced. */
  replace(item: Item): Promise<Item | null>;
  /** Of items with the same key the last one stays. */
  putMany(items: readonly Item[]): Promise<void>;
  /** @throws StoreConflictError when the condition does not hold. */
  delete(key: Key, condition?: Condition): Promise<void>;
  deleteMany(keys: readonly Key[]): Promise<void>;
}

export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

const batchGetSize = 100;
const batchWriteSize = 25;
const batchesInFlight = 4;

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

/** Each key once: DynamoDB refuses a batch that names one twice. */
const lastOfEach = <K extends Key>(keys: readonly K[]): K[] => [
  ...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values(),
];

/** Runs `work` over the list, at most `limit` at a time; after a failure nothing more is begun. */
export async function inParallel<T>(
  list: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: Math.min(limit, list.length) }, async () => {
    while (next < list.length) {
      await work(list[next++] as T).catch((error: unknown) => {
        next = list.length;
        throw error;
      });
    }
  });
  await Promise.all(lanes);
}

const conditionInput = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  };

const orConflict = (error: unknown): never => {
  if (error instanceof ConditionalCheckFailedException)
    throw new StoreConflictError(
      'Another process wrote this item first.',
      'Nothing to do: it is read again and retried.',
      {
        cause: error,
      },
    );
  throw error;
};

/** Opens the table through the AWS SDK; `endpoint` points it at an embedded DynamoDB. */
export function openTable({ tableName, endpoint }: { tableName: string; endpoint?: string }): Table {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient(
      endpoint
        ? { endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
        : { maxAttempts: 8 },
    ),
  );
  const TableName = tableName;

  const writeAll = (requests: readonly object[]) =>
    inParallel(chunks(requests, batchWriteSize), batchesInFlight, async (batch) => {
      // DynamoDB answers with what it could not take for now; the SDK backs off between whole failures only.
      for (let left: object[] = batch; left.length > 0; ) {
        const answer = await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: left as never } }));
        left = answer.UnprocessedItems?.[TableName] ?? [];
      }
    });

  return {
    get: async (key) =>
      ((await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }))).Item as Item) ?? null,

    getMany: async (keys) => {
      const found: Item[] = [];
      await inParallel(chunks(keys, batchGetSize), batchesInFlight, async (batch) => {
        for (let left: Key[] = batch; left.length > 0; ) {
          const request = { RequestItems: { [TableName]: { Keys: left, ConsistentRead: true } } };
          const answer = await client.send(new BatchGetCommand(request as never));
          found.push(...((answer.Responses?.[TableName] ?? []) as Item[]));
          left = (answer.UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[];
        }
      });
      return found;
    },

    async *query(pk, range = {}) {
      const [sortCondition, sortValues] = rangeCondition(range);
      let start: Record<string, unknown> | undefined;
      do {
        const answer: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: `pk = :pk${sortCondition}`,
            ExpressionAttributeValues: { ':pk': pk, ...sortValues },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        yield* (answer.Items ?? []) as Item[];
        start = answer.LastEvaluatedKey;
      } while (start);
    },

    count: async (pk) => {
      let count = 0;
      let start: Record<string, unknown> | undefined;
      do {
        const answer: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName,
            Select: 'COUNT',
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        count += answer.Count ?? 0;
        start = answer.LastEvaluatedKey;
      } while (start);
      return count;
    },

    put: async (item, condition) => {
      await client.send(new PutCommand({ TableName, Item: item, ...conditionInput(condition) })).catch(orConflict);
    },
    replace: async (item) => {
      const { Attributes } = await client.send(new PutCommand({ TableName, Item: item, ReturnValues: 'ALL_OLD' }));
      return (Attributes as Item | undefined) ?? null;
    },
    putMany: (items) => writeAll(lastOfEach(items).map((Item) => ({ PutRequest: { Item } }))),
    delete: async (key, condition) => {
      await client.send(new DeleteCommand({ TableName, Key: key, ...conditionInput(condition) })).catch(orConflict);
    },
    deleteMany: (keys) => writeAll(lastOfEach(keys).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }))),
  };
}

function rangeCondition({ prefix, from, to }: SortRange): [string, Record<string, string>] {
  if (prefix !== undefined) return [' AND begins_with(sk, :prefix)', { ':prefix': prefix }];
  if (from !== undefined && to !== undefined) return [' AND sk BETWEEN :from AND :to', { ':from': from, ':to': to }];
  if (from !== undefined) return [' AND sk >= :from', { ':from': from }];
  if (to !== undefined) return [' AND sk <= :to', { ':to': to }];
  return ['', {}];
}

/** Everything an iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
