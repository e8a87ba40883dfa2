/** What the steps need from outside: a clock, HubSpot, the store. */
import type { Attribution } from '../domain/metrics/attribution.ts';
import type { Customer } from '../domain/metrics/metric.ts';
import type { CxRecord, Fact, Instant, Links, RecordId, RecordKind } from '../domain/records/record.ts';
import type { CustomerScore, PreviousScore } from '../domain/scores/score.ts';
import type { Day } from '../domain/time/zone.ts';

/** The one clock. Limits, leases, retries and schedules take it; tests and the local run use a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): Instant;
  /** Resolves once `now()` has advanced by at least `ms`. */
  sleep(ms: number): Promise<void>;
}

export interface Account {
  readonly portalId: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly currency: string;
}

/** A modified-date window, both ends included, as HubSpot's search filters it. */
export interface ModifiedWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** A page in ascending id order; `next` is the id to continue after, null on the last page. Links are those the records name themselves. */
export interface RecordPage {
  readonly records: readonly CxRecord[];
  readonly next: RecordId | null;
  /** Records still to come after this page, as HubSpot counts them now. */
  readonly remaining: number;
}

/** Properties to write on one record; names and values as HubSpot takes them, `''` clears. */
export interface PropertyWrite {
  readonly id: RecordId;
  readonly properties: Readonly<Record<string, string>>;
}

/** What became of one write. */
export type WriteOutcome =
  | { readonly id: RecordId; readonly status: 'written'; readonly modifiedAt: Instant }
  | {
      readonly id: RecordId;
      readonly status: 'refused';
      readonly code: string;
      readonly because: string;
      readonly remedy: string;
    };

/** How many HTTP calls were sent, by kind: search, list, read, write, associations, properties, other. */
export interface CallCount {
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
}

/** The two kinds of records that carry scores. */
export type CustomerKind = Customer['kind'];

/** A value of one of our own properties before it is put in HubSpot's notation. */
export type OutputValue = string | number | boolean | null;

/** How HubSpot writes the values of our own properties. */
export interface OutputNotation {
  /** Our properties as HubSpot takes them, from values by property name; null becomes `''`. */
  describeOutputs(values: Readonly<Record<string, OutputValue>>): Record<string, string>;
  /** Whether what a record holds reads the same as what we want, whatever the notation. */
  sameOutput(property: string, held: string, wanted: string): boolean;
}

/** HubSpot, in our words. Every method throws only the errors of `src/platform/errors.ts`. */
export interface Crm extends OutputNotation {
  account(): Promise<Account>;
  /** Mapped properties the portal does not define, as `contacts.customer_until`; those named in the configuration only. */
  undefinedProperties(): Promise<readonly string[]>;
  /** Names how this kind is read: another name means stored records were read differently, and are read again. */
  reading(kind: RecordKind): string;
  /** Up to 200 records with an id greater than `after`, all of them or those modified within the window. */
  recordsAfter(kind: RecordKind, after: RecordId | null, modified?: ModifiedWindow): Promise<RecordPage>;
  /** The links of up to 1,000 records of one kind, complete however many there are; records without any get `{}`. */
  linksOf(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Links>>;
  /** Creates the group and the `cx_` properties that are missing. Returns the names it created. */
  provisionOutputs(kinds: readonly CustomerKind[]): Promise<readonly string[]>;
  /** At most 100 writes, ids distinct. One outcome per write, in any order. */
  write(kind: CustomerKind, writes: readonly PropertyWrite[]): Promise<readonly WriteOutcome[]>;
  calls(): CallCount;
}

/** A day (or `undated`) of one attribution: where facts are filed and contributions are kept. */
export interface DayBucket {
  readonly attribution: Attribution;
  readonly day: Day | 'undated';
}

/** A contact or company by kind and id. */
export interface CustomerKey {
  readonly kind: CustomerKind;
  readonly id: RecordId;
}

/** Where a fact is filed: in a day, or beside a customer. Filing is derived from the records and can be rebuilt. */
export type Place = ({ readonly in: 'day' } & DayBucket) | ({ readonly in: 'customer' } & CustomerKey);

/** A contact or company with what is filed beside it and its last score. */
export interface FiledCustomer {
  readonly key: CustomerKey;
  /** Null when only facts of others are filed there: its own record has not arrived. */
  readonly self: Fact<CustomerKind> | null;
  readonly facts: readonly Fact[];
  readonly score: StoredScore | null;
}

/** The score of a day, and the one it was folded from: the last of an earlier day. */
export interface StoredScore {
  readonly key: CustomerKey;
  readonly day: Day;
  readonly score: CustomerScore;
  readonly previous: PreviousScore | null;
}

/** A mark says "recompute this"; it is cleared only if nobody marked the same thing again meanwhile. */
export interface Mark<T> {
  readonly target: T;
  readonly version: string;
}

/** What is waiting to be written to one record. */
export interface PendingWrite {
  readonly kind: CustomerKind;
  readonly id: RecordId;
  /** All our properties as they should read; the writer sends those that differ from what the record holds. */
  readonly wanted: Readonly<Record<string, string>>;
}

/** What one write replaced; kept so that it can be undone. Saved before the write is sent. */
export interface Receipt extends PropertyWrite {
  readonly kind: CustomerKind;
  /** The values the properties held before, `''` for none. */
  readonly before: Readonly<Record<string, string>>;
}

/** A write HubSpot refused, with its cause; shown until the record is written. */
export interface RefusedWrite extends CustomerKey {
  readonly code: string;
  readonly because: string;
  readonly remedy: string;
  readonly at: Instant;
}

/** DynamoDB, in our words. Every method is idempotent; see each for what survives a crash between two calls. */
export interface Store {
  /** Small named documents: sync progress, norms, last results. Null when never saved. */
  readState<T>(name: string): Promise<T | null>;
  saveState(name: string, value: unknown): Promise<void>;
  /** Remembers the portal on first use. @throws ConfigurationError when the table belongs to another portal. */
  bindPortal(portalId: string): Promise<void>;

  readRecords(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, CxRecord>>;
  /** The commit: a record older than the stored one never overwrites it. */
  saveRecords(records: readonly CxRecord[]): Promise<void>;
  countRecords(kind: RecordKind): Promise<number>;

  fileFacts(filings: readonly { readonly place: Place; readonly fact: Fact }[]): Promise<void>;
  unfileFacts(filings: readonly { readonly place: Place; readonly fact: Pick<Fact, 'kind' | 'id'> }[]): Promise<void>;
  factsOfDay(bucket: DayBucket): Promise<readonly Fact[]>;
  /** All customers of a kind, or only those named, in batches; absent ones are left out. */
  customers(kind: CustomerKind, ids?: readonly RecordId[]): AsyncIterable<FiledCustomer>;

  markDays(days: readonly DayBucket[]): Promise<void>;
  dirtyDays(): Promise<readonly Mark<DayBucket>[]>;
  clearDay(mark: Mark<DayBucket>): Promise<void>;
  /** `all` marks every customer at once, present and future, until cleared. */
  markCustomers(keys: readonly CustomerKey[] | 'all'): Promise<void>;
  dirtyCustomers(): Promise<readonly Mark<CustomerKey | 'all'>[]>;
  clearCustomers(marks: readonly Mark<CustomerKey | 'all'>[]): Promise<void>;

  saveContributions(bucket: DayBucket, contributions: Contributions): Promise<void>;
  /** Contributions of the days from `from` to `to`, both included (null: open end); `undated` only when asked for. */
  contributions(attribution: Attribution, days: DayRange): Promise<readonly Contributions[]>;
  /** The days that hold facts, ascending, within the range. */
  daysWithFacts(attribution: Attribution, days: DayRange): Promise<readonly (Day | 'undated')[]>;

  saveScores(scores: readonly StoredScore[]): Promise<void>;
  queueWrites(writes: readonly PendingWrite[]): Promise<void>;
  unqueueWrites(keys: readonly CustomerKey[]): Promise<void>;
  pendingWrites(kind: CustomerKind): AsyncIterable<PendingWrite>;

  saveReceipts(run: string, receipts: readonly Receipt[]): Promise<void>;
  receipts(run: string): AsyncIterable<Receipt>;
  saveRefusals(refusals: readonly RefusedWrite[]): Promise<void>;
  clearRefusals(keys: readonly CustomerKey[]): Promise<void>;
  refusals(): AsyncIterable<RefusedWrite>;
}

export interface DayRange {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly undated: boolean;
}

/** Contributions of one day by metric id; plain JSON. */
export type Contributions = Readonly<Record<string, unknown>>;
