/** What the steps need of DynamoDB. */
import type { Attribution } from '../../domain/metrics/attribution.ts';
import type { CxRecord, Fact, Instant, RecordId, RecordKind } from '../../domain/records/record.ts';
import type { CustomerScore, PreviousScore } from '../../domain/scores/score.ts';
import type { Day } from '../../domain/time/zone.ts';
import type { Change } from './changes.ts';
import type { CustomerKind, PropertyWrite, UnreadableRow } from './hubspot.ts';
import type { LeaseBook } from './leases.ts';

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

/** A mark on a customer, or on all of them. `since`: when what it stands for happened, where a webhook told. */
export interface CustomerMark extends Mark<CustomerKey | 'all'> {
  readonly since?: Instant;
}

/** What is waiting to be written to one record. */
export interface PendingWrite {
  readonly kind: CustomerKind;
  readonly id: RecordId;
  /** All our properties as they should read; the writer sends those that differ from what the record holds. */
  readonly wanted: Readonly<Record<string, string>>;
  /** When what moved the scores happened, where a webhook told. */
  readonly since?: Instant;
  /** Given by the store: another one for every wish. */
  readonly version?: string;
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

/**
 * Why a record is no longer kept: in the recycle bin, merged into another, or gone for good (privacy deletion, or purged
 * from the bin). Holds ids and a date, nothing about the person.
 */
export type Departure = {
  readonly kind: RecordKind;
  readonly id: RecordId;
  /** When it was noticed. */
  readonly at: Instant;
} & ({ readonly why: 'archived' } | { readonly why: 'merged'; readonly into: RecordId } | { readonly why: 'erased' });

/** Records and departures by id. */
export interface Standings {
  readonly records: ReadonlyMap<RecordId, CxRecord>;
  readonly departures: ReadonlyMap<RecordId, Departure>;
}

/** A record that could not be read, kept by id until it can. */
export interface QuarantinedRecord extends UnreadableRow {
  readonly since: Instant;
}

/** A change that could not be applied, or what could not be read as one, with the reason. */
export interface DeadLetter {
  /** Null where not even that can be read. */
  readonly kind: RecordKind | null;
  readonly id: RecordId | null;
  readonly fingerprint: string;
  /** When it was given up. */
  readonly at: Instant;
  /** The class of the error. */
  readonly error: string;
  readonly because: string;
  readonly content: { readonly change: Change } | { readonly raw: string };
}

/** Ids greater than `after` (null: from the lowest) and up to `upTo` (null: to the highest). */
export interface IdRange {
  readonly after: RecordId | null;
  readonly upTo: RecordId | null;
}

/** DynamoDB, in our words. Every method is idempotent; see each for what survives a crash between two calls. */
export interface Store extends LeaseBook {
  /** Small named documents: sync progress, norms, last results. Null when never saved. */
  readState<T>(name: string): Promise<T | null>;
  /** Several at once; those never saved are absent. */
  readStates(names: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  saveState(name: string, value: unknown): Promise<void>;
  /** Remembers the portal on first use. @throws ConfigurationError when the table belongs to another portal. */
  bindPortal(portalId: string): Promise<void>;

  readRecords(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, CxRecord>>;
  /** What is kept of the ids named: records, and departures of those that are gone; unknown ids are absent from both. */
  standings(kind: RecordKind, ids: readonly RecordId[]): Promise<Standings>;
  /**
   * The commit: a record older than the stored one never overwrites it, and one that departed never comes back by it. With
   * `seen`, as the store answered them, only what is stored unchanged since is replaced. Answers the ids it left alone.
   */
  saveRecords(records: readonly CxRecord[], seen?: ReadonlyMap<RecordId, CxRecord>): Promise<readonly RecordId[]>;
  /**
   * Changes records as they are at that moment: what another process saves meanwhile is not lost. Those `change` answers
   * null for, and those that are not kept, stay as they are.
   */
  updateRecords(
    kind: RecordKind,
    ids: readonly RecordId[],
    change: (record: CxRecord) => CxRecord | null,
  ): Promise<void>;
  /** Ids of the records kept of a kind, ascending. */
  recordIds(kind: RecordKind, range: IdRange): Promise<readonly RecordId[]>;
  /** Replaces each record by its departure; a later one replaces an earlier one, but `archived` no other, and none `erased`. */
  departRecords(departures: readonly Departure[]): Promise<void>;
  /** The departures of the ids named; others are absent. */
  departures(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Departure>>;
  /** Every departure that is kept. Reads the whole table: for backups, not for the hot path. */
  allDepartures(): AsyncIterable<Departure>;
  /** Ids of the archived ones, ascending. */
  archivedIds(kind: RecordKind, range: IdRange): Promise<readonly RecordId[]>;
  /** Forgets the departure of records that are back from the recycle bin; merged and erased ones stay departed. */
  readmitRecords(kind: RecordKind, ids: readonly RecordId[]): Promise<void>;
  /** Removes what is kept of customers beside their records: scores, marks, waiting writes, receipts of every run, refusals. */
  forgetCustomers(keys: readonly CustomerKey[]): Promise<void>;

  quarantine(rows: readonly QuarantinedRecord[]): Promise<void>;
  quarantined(kind?: RecordKind): AsyncIterable<QuarantinedRecord>;
  releaseFromQuarantine(kind: RecordKind, ids: readonly RecordId[]): Promise<void>;

  countRecords(kind: RecordKind): Promise<number>;

  /** Keeps changes that could not be applied, each once; those without a record of theirs for two weeks. */
  saveDeadLetters(letters: readonly DeadLetter[]): Promise<void>;
  deadLetters(): AsyncIterable<DeadLetter>;
  dropDeadLetters(letters: readonly Pick<DeadLetter, 'kind' | 'id' | 'fingerprint'>[]): Promise<void>;

  /** Puts ids on a list by name, each once: one that is put again while it is being taken off stays. */
  noteIds(list: string, ids: readonly RecordId[]): Promise<readonly Mark<RecordId>[]>;
  /** The first ids of a list, ascending, at most so many. */
  notedIds(list: string, limit: number): Promise<readonly Mark<RecordId>[]>;
  countNoted(list: string): Promise<number>;
  dropIds(list: string, marks: readonly Mark<RecordId>[]): Promise<void>;

  fileFacts(filings: readonly { readonly place: Place; readonly fact: Fact }[]): Promise<void>;
  unfileFacts(filings: readonly { readonly place: Place; readonly fact: Pick<Fact, 'kind' | 'id'> }[]): Promise<void>;
  factsOfDay(bucket: DayBucket): Promise<readonly Fact[]>;
  /** All customers of a kind, or only those named, in batches; absent ones are left out. */
  customers(kind: CustomerKind, ids?: readonly RecordId[]): AsyncIterable<FiledCustomer>;

  markDays(days: readonly DayBucket[]): Promise<void>;
  dirtyDays(): Promise<readonly Mark<DayBucket>[]>;
  clearDay(mark: Mark<DayBucket>): Promise<void>;
  /** `all` marks every customer at once, present and future, until cleared. */
  markCustomers(keys: readonly (CustomerKey & { readonly since?: Instant })[] | 'all'): Promise<void>;
  /** A customer may be marked more than once. */
  dirtyCustomers(): Promise<readonly CustomerMark[]>;
  clearCustomers(marks: readonly CustomerMark[]): Promise<void>;

  saveContributions(bucket: DayBucket, contributions: Contributions): Promise<void>;
  /** Contributions of the days from `from` to `to`, both included (null: open end); `undated` only when asked for. */
  contributions(attribution: Attribution, days: DayRange): Promise<readonly Contributions[]>;
  /** The days that hold facts, ascending, within the range. */
  daysWithFacts(attribution: Attribution, days: DayRange): Promise<readonly (Day | 'undated')[]>;

  saveScores(scores: readonly StoredScore[]): Promise<void>;
  queueWrites(writes: readonly PendingWrite[]): Promise<void>;
  /**
   * Takes wishes back. Of those named with their version, one that a later one has replaced stays; answers those that were
   * taken back by somebody else meanwhile.
   */
  unqueueWrites(keys: readonly (CustomerKey & Pick<PendingWrite, 'version'>)[]): Promise<readonly CustomerKey[]>;
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
