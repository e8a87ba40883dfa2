import type { ObjectType } from '../../portals/portal.ts';
import type { CallKind } from '../facts/call-kinds.ts';
import type { Corruption } from './corruption.ts';
import type { FaultName } from './faults.ts';

/** One fault, once or for a while: of the calls it fits, the `nth` and the following ones, `times` in all. */
export interface FaultEntry {
  readonly fault: FaultName;
  /** Which calls; any call unless stated. */
  readonly on?: {
    readonly kind?: CallKind;
    readonly method?: string;
    /** A part of path and query. */
    readonly path?: string;
    /** A part of the body: `"701"` for the batch reads of that record. */
    readonly body?: string;
    /** Counted from 1, the default. */
    readonly nth?: number;
  };
  /** 1 unless stated. */
  readonly times?: number;
}

/** What goes wrong, as plain JSON: what is listed, what chance brings, and records that cannot be read. */
export interface FaultPlan {
  readonly entries?: readonly FaultEntry[];
  /** Decides by chance, from the call and how often it was made before; the order of calls plays no part. */
  readonly seed?: number;
  /** The part of the calls, of those it can befall, that meet each fault. */
  readonly rates?: Partial<Readonly<Record<FaultName, number>>>;
  readonly corrupt?: readonly (Corruption & { readonly type: ObjectType; readonly id: string })[];
}
