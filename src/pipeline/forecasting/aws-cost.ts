import type { RecordKind } from '../../domain/records/record.ts';

/**
 * Published prices in US dollars (https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/lambda/pricing/),
 * the free tier left out. Other regions differ by up to a half.
 */
export const awsPrices = {
  region: 'us-east-1',
  asOf: '2025-07',
  /** Standard table class, on demand. */
  perMillionWrites: 0.625,
  perMillionReads: 0.125,
  perGigabyteMonth: 0.25,
  /** Arm. */
  perGigabyteSecond: 0.0000133334,
} as const;

/** Memory of the functions, see lib/constructs/connector-function.ts. */
const lambdaGigabytes = 1;

/** What storing one record takes, where it is filed included. */
interface Footprint {
  /** DynamoDB counts a write for each started KB of an item. */
  readonly writes: number;
  /** Key, content and the 100 bytes that DynamoDB adds to each item. */
  readonly bytes: number;
}

/** Measured on the demo portal: one item for the record, and one for each day it counts on and each customer it concerns. */
const footprints: Readonly<Record<RecordKind, Footprint>> = {
  company: { writes: 2, bytes: 1_150 },
  contact: { writes: 2.4, bytes: 1_330 },
  deal: { writes: 2.2, bytes: 1_070 },
  ticket: { writes: 4.4, bytes: 2_710 },
  answer: { writes: 2.9, bytes: 1_310 },
  call: { writes: 2, bytes: 900 },
  subscription: { writes: 2.2, bytes: 850 },
};

/** Before a record is stored it is looked for, among those kept and among those that departed. */
const readsPerRecord = 2;

const million = 1e6;
const gigabyte = 1e9;

/** What AWS charges for a backfill, in US dollars. */
export interface AwsCost {
  readonly writes: number;
  readonly reads: number;
  readonly compute: number;
  /** Of what the backfill stores, every month. */
  readonly storagePerMonth: number;
}

/** The cost of storing so many records of each kind in functions that run for so many seconds in all. */
export function awsCost(records: Readonly<Partial<Record<RecordKind, number>>>, seconds: number): AwsCost {
  const kinds = Object.entries(records) as [RecordKind, number][];
  const sum = (of: (kind: RecordKind) => number): number => kinds.reduce((all, [kind, n]) => all + n * of(kind), 0);
  return {
    writes: (sum((kind) => footprints[kind].writes) / million) * awsPrices.perMillionWrites,
    reads: (sum(() => readsPerRecord) / million) * awsPrices.perMillionReads,
    compute: seconds * lambdaGigabytes * awsPrices.perGigabyteSecond,
    storagePerMonth: (sum((kind) => footprints[kind].bytes) / gigabyte) * awsPrices.perGigabyteMonth,
  };
}
