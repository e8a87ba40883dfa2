/** Records as the product sees them: HubSpot's objects with typed fields, whatever door they came through. */

/** Milliseconds since the epoch, UTC. The optional mark keeps it apart from other units of time. */
export type Instant = number & { readonly unit?: 'ms since epoch' };
/** A length of time in hours. */
export type Hours = number & { readonly unit?: 'h' };
/** HubSpot's record id: always a string, ordered as an integer, possibly beyond 2^53. */
export type RecordId = string;

/** What a customer contact is about. */
export interface ContactFields {
  readonly name: string | null;
  readonly email: string | null;
  readonly lifecycleStage: string | null;
  /** In one of the configured customer lifecycle stages now. */
  readonly isCustomer: boolean;
  readonly ownerId: string | null;
  readonly customerSince: Instant | null;
  readonly customerUntil: Instant | null;
  readonly renewalAt: Instant | null;
  readonly lastContactedAt: Instant | null;
  readonly usageRecent: number | null;
  readonly usageBefore: number | null;
  /** Null where no property is mapped or filled; an empty list is an answer. */
  readonly products: readonly string[] | null;
}

/** Companies carry the same customer facts as contacts; `email` is absent, `domain` is theirs. */
export interface CompanyFields extends Omit<ContactFields, 'email'> {
  readonly domain: string | null;
}

export interface DealFields {
  readonly name: string | null;
  readonly pipeline: string | null;
  readonly stage: string | null;
  readonly ownerId: string | null;
  readonly isWon: boolean;
  readonly isClosed: boolean;
  readonly closedAt: Instant | null;
  /** Home currency; null where only another currency is known. */
  readonly amount: number | null;
  readonly dealType: string | null;
}

export interface TicketFields {
  readonly subject: string | null;
  readonly pipeline: string | null;
  readonly stage: string | null;
  readonly category: string | null;
  readonly priority: string | null;
  readonly channel: string | null;
  readonly ownerId: string | null;
  readonly openedAt: Instant | null;
  readonly isClosed: boolean;
  /** The last close by the mapped close date; times are computed from this one only. */
  readonly closedAt: Instant | null;
  /** The last close by any source: what decides whether the ticket was open at a moment. */
  readonly endedAt: Instant | null;
  /** The first close: `closedAt` where it was never reopened, else what the stage history says; null without one. */
  readonly firstClosedAt: Instant | null;
  readonly firstResponseAt: Instant | null;
  /** The last reopening. */
  readonly reopenedAt: Instant | null;
  /** Times it left a closed stage, by the portal's own count or the stage history; else 1 or 0, as `reopenedAt` is set. */
  readonly reopenCount: number;
}

export type SurveyMetric = 'nps' | 'csat' | 'ces';
export type ResponseGroup = 'promoter' | 'passive' | 'detractor';

export interface AnswerFields {
  readonly surveyId: string | null;
  readonly surveyName: string | null;
  /** Which question was asked; null where neither HubSpot nor the configuration says. */
  readonly metric: SurveyMetric | null;
  readonly rating: number | null;
  /** Lowest and highest rating of the survey's scale; high is good (ratings of effort surveys arrive reversed). */
  readonly scale: readonly [number, number] | null;
  readonly group: ResponseGroup | null;
  readonly comment: string | null;
  /** When the respondent answered; null for undated answers. */
  readonly answeredAt: Instant | null;
}

export interface CallFields {
  readonly startedAt: Instant | null;
  readonly duration: Hours | null;
  readonly status: string | null;
  readonly direction: string | null;
  readonly disposition: string | null;
}

export interface SubscriptionFields {
  readonly status: string | null;
  readonly startedAt: Instant | null;
  readonly nextDueAt: Instant | null;
  readonly amount: number | null;
}

/** The typed fields of each kind of record. Adding a kind starts here. */
export interface FieldsByKind {
  readonly contact: ContactFields;
  readonly company: CompanyFields;
  readonly deal: DealFields;
  readonly ticket: TicketFields;
  readonly answer: AnswerFields;
  readonly call: CallFields;
  readonly subscription: SubscriptionFields;
}
export type RecordKind = keyof FieldsByKind;

export const recordKinds = [
  'company',
  'contact',
  'deal',
  'ticket',
  'answer',
  'call',
  'subscription',
] as const satisfies readonly RecordKind[];

/** Ids of associated records, by kind. */
export type Links = Readonly<Partial<Record<RecordKind, readonly RecordId[]>>>;

/** What metrics and scores read of a record. */
export type Fact<K extends RecordKind = RecordKind> = {
  [P in K]: { readonly kind: P; readonly id: RecordId; readonly fields: FieldsByKind[P]; readonly links: Links };
}[K];

/** A value that could not be read as its type, and why; the field is null then. */
export interface Problem {
  readonly field: string;
  readonly because: string;
}

/** One step of a ticket's way through its stages: where it came to, and when. */
export interface StageChange {
  readonly stage: string;
  readonly at: Instant;
}

/** A ticket's way through its stages as it was read, newest step first. */
export interface StageHistory {
  /**
   * What its row said at that time, see `waySaid`: once it says something else, the history is out of date. Null where
   * the history was newer than the row: then it is for no row.
   */
  readonly of: readonly unknown[] | null;
  readonly changes: readonly StageChange[];
  /** False where older steps were left out. */
  readonly isWhole: boolean;
  /** The modified date of the row it was read beside: a ticket may have gone and come back between two rows. */
  readonly asOf?: Instant;
}

/** A record as the store keeps it: the fact, what HubSpot holds of our own properties, and its version. */
export type CxRecord<K extends RecordKind = RecordKind> = Fact<K> & {
  readonly modifiedAt: Instant;
  /** Our `cx_` properties as the record holds them; an unset property is absent. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** The properties the fields were read from, as HubSpot holds them; an unset property is absent. */
  readonly raw: Readonly<Record<string, string>>;
  /** Properties a webhook told of a newer value than the row had, by name: since when they hold it. */
  readonly told?: Readonly<Record<string, Instant>>;
  /** When the links were last read whole, by our clock. */
  readonly linkedAt?: Instant;
  /** Links that a webhook told of since then, as `kind/id`: since when they are so. */
  readonly linksTold?: Readonly<Record<string, Instant>>;
  /** The modified date our own last write left on it. */
  readonly writtenAt?: Instant;
  /** Ids of the records that were merged into this one, as HubSpot lists them. */
  readonly absorbed: readonly RecordId[];
  /** Tickets only: how it went through its stages, where that was read and is up to date. */
  readonly stageHistory?: StageHistory;
};

/** Orders ids as integers of any length. */
export const compareIds = (a: RecordId, b: RecordId): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
