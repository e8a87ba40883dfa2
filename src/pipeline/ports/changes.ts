/** What the steps hear of HubSpot's webhooks. */
import type { Instant, RecordId, RecordKind } from '../../domain/records/record.ts';

interface OfRecord {
  readonly kind: RecordKind;
  readonly id: RecordId;
  /** When it happened, by HubSpot's clock. */
  readonly at: Instant;
  /** Equal for deliveries of the same event. */
  readonly fingerprint: string;
}

/** Something that happened to a record, as HubSpot told it. */
export type Change = OfRecord &
  (
    | {
        readonly what: 'property';
        readonly property: string;
        /** As HubSpot writes it, `''` for none; null where it does not tell. */
        readonly value: string | null;
        /** Whether the value alone says how the record reads now: HubSpot calculates nothing else we read from it. */
        readonly suffices: boolean;
        /** Whether it names a linked record. */
        readonly namesLink: boolean;
        /** One of our own properties. */
        readonly isOutput: boolean;
        /** Written by the app that tells us. */
        readonly byUs: boolean;
      }
    | { readonly what: 'created' | 'restored' | 'archived' | 'erased' }
    /** The records that are now in this one. */
    | { readonly what: 'absorbed'; readonly absorbed: readonly RecordId[] }
    | {
        readonly what: 'linked' | 'unlinked';
        readonly to: RecordKind;
        readonly other: RecordId;
        readonly isPrimary: boolean;
      }
  );

/** What a webhook's body came to. */
export interface ChangesRead {
  readonly changes: readonly Change[];
  /** Events that are none of our business, counted by why. */
  readonly ignored: Readonly<Record<string, number>>;
  /** What is not as documented, and why, in words that quote no value. */
  readonly malformed: readonly { readonly raw: string; readonly because: string }[];
}
