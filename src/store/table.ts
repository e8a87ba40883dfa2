import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { type Condition, conditionInput, orConflict, orStoreBusy } from './conditions.ts';
import { embedded } from './embedded.ts';
import type { Key } from './keys.ts';
import { untilTaken } from './until-taken.ts';

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
  /** The items there are, each once, in the order of the keys. */
  getMany(keys: readonly Key[]): Promise<Item[]>;
  /** All items of a partition in sort order, page by page; only those that have the attribute `having`, if one is named. */
  query(pk: string, range?: SortRange, having?: string): AsyncIterable<Item>;
  /** The first items of a partition in sort order, at most so many. */
  first(pk: string, limit: number): Promise<Item[]>;
  /** Their sort keys alone, in order; items that have the attribute `without` are left out. */
  sortKeys(pk: string, range?: SortRange, without?: string): AsyncIterable<string>;
  /** How many items a partition holds, those that have the attribute `without` left out. */
  count(pk: string, without?: string): Promise<number>;
  /** @throws StoreConflictError when the condition does not hold. */
  put(item: Item, condition?: Condition): Promise<void>;
  /** Puts an item and answers the one it replaced. */
  replace(item: Item): Promise<Item | null>;
  /** Of items with the same key the last one stays. */
  putMany(items: readonly (Item | Key)[]): Promise<void>;
  /** @throws StoreConflictError when the condition does not hold. */
  delete(key: Key, condition?: Condition): Promise<void>;
  deleteMany(keys: readonly Key[]): Promise<void>;
}

const batchGetSize = 100;
const batchWriteSize = 25;
const batchesInFlight = 4;

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

const byKey = <K extends Key>(list: readonly K[]): Map<string, K> =>
  new Map(list.map((each) => [JSON.stringify([each.pk, each.sk]), each]));

/** Each key once: DynamoDB refuses a batch that names one twice. */
const lastOfEach = <K extends Key>(keys: readonly K[]): K[] => [...byKey(keys).values()];

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
  // All of them have ended before anybody hears of a failure: nothing is written behind the back of what comes next.
  const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

const onlyThose = (holds: 'attribute_exists' | 'attribute_not_exists', attribute: string | undefined) =>
  attribute === undefined
    ? {}
    : { FilterExpression: `${holds}(#filtered)`, ExpressionAttributeNames: { '#filtered': attribute } };

export interface TableOptions {
  readonly tableName: string;
  /** Points the AWS SDK at an embedded DynamoDB. */
  readonly endpoint?: string;
  /** Waits before what DynamoDB did not take is sent again. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Opens the table through the AWS SDK. */
export function openTable({ tableName, endpoint, sleep = setTimeout }: TableOptions): Table {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(endpoint ? embedded(endpoint) : { maxAttempts: 8 }));
  const TableName = tableName;

  const writeAll = (requests: readonly object[]) =>
    inParallel(chunks(requests, batchWriteSize), batchesInFlight, (batch) =>
      untilTaken(batch, sleep, async (left) => {
        const request = { RequestItems: { [TableName]: left as never } };
        return (
          (await client.send(new BatchWriteCommand(request)).catch(orStoreBusy)).UnprocessedItems?.[TableName] ?? []
        );
      }),
    );

  async function* pages(
    pk: string,
    range: SortRange,
    wanted: Partial<QueryCommandInput>,
  ): AsyncGenerator<QueryCommandOutput> {
    const [sortCondition, sortValues] = rangeCondition(range);
    let start: Record<string, unknown> | undefined;
    do {
      const answer: QueryCommandOutput = await client
        .send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: `pk = :pk${sortCondition}`,
            ExpressionAttributeValues: { ':pk': pk, ...sortValues },
            ...wanted,
            ...(start && { ExclusiveStartKey: start }),
          }),
        )
        .catch(orStoreBusy);
      yield answer;
      start = answer.LastEvaluatedKey;
    } while (start);
  }

  return {
    get: async (key) =>
      ((await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true })).catch(orStoreBusy))
        .Item as Item) ?? null,

    getMany: async (keys) => {
      const found: Item[] = [];
      await inParallel(chunks(lastOfEach(keys), batchGetSize), batchesInFlight, (batch) =>
        untilTaken(batch, sleep, async (left) => {
          const request = { RequestItems: { [TableName]: { Keys: left, ConsistentRead: true } } };
          const answer = await client.send(new BatchGetCommand(request as never)).catch(orStoreBusy);
          found.push(...((answer.Responses?.[TableName] ?? []) as Item[]));
          return (answer.UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[];
        }),
      );
      const items = byKey(found);
      return [...byKey(keys).keys()].flatMap((name) => items.get(name) ?? []);
    },

    async *query(pk, range = {}, having) {
      const wanted = { ConsistentRead: true, ...onlyThose('attribute_exists', having) };
      for await (const page of pages(pk, range, wanted)) yield* (page.Items ?? []) as Item[];
    },

    first: async (pk, limit) => {
      const found: Item[] = [];
      for await (const page of pages(pk, {}, { ConsistentRead: true, Limit: limit })) {
        found.push(...((page.Items ?? []) as Item[]));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async *sortKeys(pk, range = {}, without) {
      const wanted = {
        ConsistentRead: true,
        ProjectionExpression: 'sk',
        ...onlyThose('attribute_not_exists', without),
      };
      for await (const page of pages(pk, range, wanted))
        for (const item of page.Items ?? []) yield item['sk'] as string;
    },

    count: async (pk, without) => {
      let count = 0;
      for await (const page of pages(pk, {}, { Select: 'COUNT', ...onlyThose('attribute_not_exists', without) }))
        count += page.Count ?? 0;
      return count;
    },

    put: async (item, condition) => {
      await client
        .send(new PutCommand({ TableName, Item: item, ...conditionInput(condition) }))
        .catch(orConflict)
        .catch(orStoreBusy);
    },
    replace: async (item) => {
      const { Attributes } = await client
        .send(new PutCommand({ TableName, Item: item, ReturnValues: 'ALL_OLD' }))
        .catch(orStoreBusy);
      return (Attributes as Item | undefined) ?? null;
    },
    putMany: (items) => writeAll(lastOfEach(items).map((Item) => ({ PutRequest: { Item } }))),
    delete: async (key, condition) => {
      await client
        .send(new DeleteCommand({ TableName, Key: key, ...conditionInput(condition) }))
        .catch(orConflict)
        .catch(orStoreBusy);
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
