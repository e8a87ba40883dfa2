/** What the steps need of HubSpot. */
import type { Customer } from '../../domain/metrics/metric.ts';
import type { CxRecord, Instant, Links, RecordId, RecordKind, StageChange } from '../../domain/records/record.ts';

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

/** A row of HubSpot's that cannot be read as a record, and why, in words that quote no value. */
export interface UnreadableRow {
  readonly kind: RecordKind;
  /** `?` where not even the id can be read. */
  readonly id: RecordId;
  readonly because: string;
}

/** Records as read, and the rows that could not be. Links are those the records name themselves. */
export interface RecordsRead {
  readonly records: readonly CxRecord[];
  readonly unreadable: readonly UnreadableRow[];
}

/** A page in order of ids; `next` is the id to continue from, null on the last page. */
export interface RecordPage extends RecordsRead {
  readonly next: RecordId | null;
  /** Records still to come after this page, as HubSpot counts them now; null where it does not say. */
  readonly remaining: number | null;
}

/** What is left of HubSpot's daily allowance, as its headers last said. */
export interface DailyAllowance {
  readonly calls: number;
  readonly remaining: number;
}

/** What reading can count on, as far as HubSpot has said by now. */
export interface ReadCapacity {
  /** Rows of a page. */
  readonly rows: Readonly<Record<'list' | 'search', number>>;
  /** Calls a second while nobody else draws on the same limits. */
  readonly perSecond: Readonly<Record<'list' | 'search' | 'associations', number>>;
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
      /** One of our own properties is not there any more. */
      readonly lacksProperty?: true;
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
  /** Records one call reads the links of: as many are applied at a time. */
  readonly linksPerCall: number;
  account(): Promise<Account>;
  /** Mapped properties the portal does not define, as `contacts.customer_until`; those named in the configuration only. */
  undefinedProperties(): Promise<readonly string[]>;
  /** Names how this kind is read: another name means stored records were read differently, and are read again. */
  reading(kind: RecordKind): string;
  /** The record as it reads with these values of properties in place of its own, `''` for none. Calls nobody but for stages. */
  retold(record: CxRecord, values: Readonly<Record<string, string>>): Promise<CxRecord>;
  /**
   * Which stages of the kind's pipelines are closed or won, by `pipeline/stage`: a change means records read differently
   * without being modified.
   */
  stages(kind: RecordKind): Promise<Readonly<Record<string, StageMeaning>>>;
  /**
   * Up to 200 records with an id greater than `after`, all of them or those modified within the window, ascending, from
   * HubSpot's search index: what it says may be late or stale.
   */
  recordsAfter(kind: RecordKind, after: RecordId | null, modified?: ModifiedWindow): Promise<RecordPage>;
  /** The same from the other end: up to 200 records with an id less than `before`, descending. */
  recordsBefore(kind: RecordKind, before: RecordId | null): Promise<RecordPage>;
  /** Up to 100 records with an id greater than `after`, ascending, from HubSpot's list: never stale, and not of the search budget. */
  listAfter(kind: RecordKind, after: RecordId | null): Promise<RecordPage>;
  /** The records named as they are now, never stale, 100 a call; archived, merged and deleted ones are missing. */
  recordsOf(kind: RecordKind, ids: readonly RecordId[]): Promise<RecordsRead>;
  /** Up to 100 ids in the recycle bin greater than `after`, ascending. */
  archivedAfter(
    kind: RecordKind,
    after: RecordId | null,
  ): Promise<{ readonly ids: readonly RecordId[]; readonly next: RecordId | null }>;
  /** Those of the ids that are in the recycle bin now, 100 a call. */
  archivedAmong(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlySet<RecordId>>;
  /** How many records the kind has, archived ones left out, as the search index counts them. */
  count(kind: RecordKind): Promise<number>;
  /** How tickets went through their stages, newest step first, 50 a call; absent ones are left out. */
  stageHistory(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, readonly StageChange[]>>;
  /**
   * The links of up to 1,000 records of one kind, complete however many there are: `[]` where there are none to a kind, which
   * is absent where HubSpot does not give it. Records whose links HubSpot cannot answer readably are left out.
   */
  linksOf(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Links>>;
  /** The records of other kinds whose links name any of these records now, by kind: `linksOf` seen from the other side. */
  linkedTo(kind: RecordKind, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordKind, readonly RecordId[]>>;
  /** Creates the group and the `cx_` properties that are missing. Returns the names it created. */
  provisionOutputs(kinds: readonly CustomerKind[]): Promise<readonly string[]>;
  /** At most 100 writes, ids distinct. One outcome per write, in any order. */
  write(kind: CustomerKind, writes: readonly PropertyWrite[]): Promise<readonly WriteOutcome[]>;
  calls(): CallCount;
  /** Null before the first answer that carried the headers. */
  allowance(): DailyAllowance | null;
  capacity(): ReadCapacity;
  /** The kinds whose links are read with a record of this kind, a call each. */
  linkedKinds(kind: RecordKind): readonly RecordKind[];
}

/** What a pipeline stage means: `isClosed`, and for deals `isWon`. */
export interface StageMeaning {
  readonly isClosed: boolean;
  readonly isWon: boolean;
}
