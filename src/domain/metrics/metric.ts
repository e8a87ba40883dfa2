import type { CompanyFields, ContactFields, Fact, Instant, Links, RecordId, RecordKind } from '../records/record.ts';
import type { BusinessClock } from '../time/business-clock.ts';
import type { Attribution, KindOf } from './attribution.ts';
import type { Measurement } from './measurement.ts';

/** A period `[from, to)`. `undated` says whether facts without a date count in it (only when it covers all data). */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
  readonly undated: boolean;
}

/** Where a definition, formula or threshold comes from. */
export interface Source {
  readonly title: string;
  readonly url?: string;
}

/** From worst to best, only where a source says so. */
export interface Scale {
  readonly worst: number;
  readonly best: number;
  readonly source: Source;
}

/** What every metric states about itself; the docs, the dashboard and HubSpot's descriptions print it. */
interface Definition {
  /** Also the file name. */
  readonly id: string;
  readonly question: string;
  readonly definition: string;
  readonly formula: string;
  readonly leavesOut: readonly string[];
  readonly unit:
    | 'share'
    | 'points'
    | 'hours'
    | 'rating'
    | 'score'
    | 'money'
    | 'tickets'
    | 'tickets per 100 customers'
    | 'purchases'
    | 'calls'
    | 'customers';
  readonly direction: 'higher is better' | 'lower is better';
  readonly clock: 'calendar' | 'business';
  /** The kinds of records whose fields it looks at. */
  readonly reads: readonly RecordKind[];
  /** Which day a case counts on, in words. */
  readonly attributionDate: string;
  readonly sources: readonly Source[];
  readonly scale?: Scale;
  /** Why this portal cannot tell, or null. */
  readonly refuses?: (mapped: Mapped) => string | null;
}

/**
 * An aggregator: contributions combine in any grouping and order (`combine` is associative and commutative, `empty` its
 * neutral element) and survive JSON, so one definition serves one contact, one day and the whole portal.
 */
interface Aggregator<C> {
  readonly empty: C;
  combine(a: C, b: C): C;
  /** One measurement per figure; the key `value` stands for the metric itself, others print as `<id>.<figure>`. */
  present(total: C): Readonly<Record<string, Measurement>>;
}

/** The facts seen are those before `asOf`. */
export interface Moment {
  readonly asOf: Instant;
  /** Measures time within the configured business hours; absent where none are. */
  readonly business?: BusinessClock | undefined;
}

/** What the portal maps, so that a metric can say "not measured, because … is not mapped". */
export interface Mapped {
  readonly endOfRelationship: boolean;
  readonly businessHours: boolean;
}

/** Each fact by itself, on its attribution day. `prepare` answers null for facts it leaves out. */
export interface EventMetric<A extends Attribution = Attribution, C = unknown> extends Definition, Aggregator<C> {
  readonly kind: 'event';
  readonly attribution: A;
  /** For how long what a fact adds still changes with time alone; absent where it never does. */
  readonly maturesAfterDays?: number;
  prepare(fact: Fact<KindOf<A>>, moment: Moment): C | null;
}

/** A fact and those that follow it: linked to it and dated within `days` after it. Maturing until the days have passed. */
export interface CaseMetric<A extends Attribution = Attribution, F extends Attribution = Attribution, C = unknown>
  extends Definition,
    Aggregator<C> {
  readonly kind: 'case';
  readonly attribution: A;
  readonly follows: { readonly attribution: F; readonly days: number };
  prepare(fact: Fact<KindOf<A>>, followers: readonly Fact<KindOf<F>>[], moment: Moment): C | null;
}

/** A stock: what flowed in minus what flowed out before the end of the window, from the beginning of all data. */
export interface StockMetric<A extends Attribution = Attribution, C = unknown> extends Definition, Aggregator<C> {
  readonly kind: 'population';
  readonly of: 'stock';
  readonly attributions: readonly A[];
  prepare(fact: Fact<KindOf<A>>, moment: Moment, flow: A): C | null;
}

/** One customer (a company, or a contact without one) with the facts around it, its contacts' included. */
export interface Customer {
  readonly kind: 'contact' | 'company';
  readonly id: RecordId;
  readonly fields: ContactFields | CompanyFields;
  readonly links: Links;
  readonly facts: readonly Fact[];
}

/** Each customer as of a date. */
export interface CustomerMetric<C = unknown> extends Definition, Aggregator<C> {
  readonly kind: 'population';
  readonly of: 'customers';
  prepare(customer: Customer, window: Window, dayOf: (at: Instant) => string): C | null;
}

/** Any metric. Method parameters are bivariant, so each concrete metric fits. */
// biome-ignore lint/suspicious/noExplicitAny: a catalogue holds metrics of every contribution type
export type Metric = EventMetric<any, any> | CaseMetric<any, any, any> | StockMetric<any, any> | CustomerMetric<any>;
