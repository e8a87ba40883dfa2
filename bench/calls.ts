import { startDynamoDb } from '#local/dynamodb.ts';
import { findDynoxide, startDynoxide } from '#local/dynoxide.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import type { BenchOptions, Figure } from './harness/figure.ts';
import { demoCalls } from './support/demo-calls.ts';
import { largeCalls, latencyMs, lostOnTheWay } from './support/large-calls.ts';
import type { Amounts } from './support/peer-calls.ts';

export const name = 'calls';

export const describes = 'HubSpot calls and minutes of a backfill, of changes, of histories and of the write-back';

export const assumes = [
  `HubSpot answers in ${latencyMs.join(' to ')} ms, evenly spread; minutes are those of a virtual clock, all limits enforced.`,
  'Limits are those of a professional account: 190 calls in 10 s, 5 searches a second, 150 association reads in 10 s.',
  'Searches and association reads do not count against the 190 (documented; not checked against a live portal).',
  'Ids lie as unevenly as in an account that is some years old; every 20th ticket was reopened.',
  'Changes happen in one go; in the five minutes before them, which are read again, nothing did.',
  'Behind the large portal a store that only counts stands in for DynamoDB; dynamodb.lost is of one that does not.',
  'Others by what their published code does, not measured; Supaglue with 5,000 contacts and 2,000 tickets in the bin.',
];

const whole: Amounts = { contacts: 1_000_000, tickets: 300_000, answers: 100_000 };
const wholeChanges: Amounts = { contacts: 6_000, tickets: 3_000, answers: 1_000 };

const partOf = ({ contacts, tickets, answers }: Amounts, parts: number): Amounts => ({
  contacts: Math.round(contacts / parts),
  tickets: Math.round(tickets / parts),
  answers: Math.round(answers / parts),
});

/** Calls sent over HTTP to the simulator with all limits enforced, beside the fewest possible and beside other connectors. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const [parts, dynamoParts] = options.small ? [100, 1_000] : [1, 14];
  return [
    ...(await largeCalls(partOf(whole, parts), partOf(wholeChanges, parts), options)),
    await throughDynamoDb(partOf(whole, dynamoParts), options),
    ...(await demoCalls(options)),
  ];
}

async function throughDynamoDb(amounts: Amounts, options: BenchOptions): Promise<Figure> {
  const quicker = findDynoxide();
  const db = await (quicker ? startDynoxide(quicker) : startDynamoDb());
  try {
    const table = { tableName: 'bench-calls-large', endpoint: db.url };
    await createTable(table);
    return await lostOnTheWay(amounts, dynamoStore(table), options);
  } finally {
    await db.close();
  }
}
