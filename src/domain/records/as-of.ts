import type { Fact, FieldsByKind, Instant, RecordKind } from './record.ts';

type Rewind<K extends RecordKind> = (fields: FieldsByKind[K], asOf: Instant) => FieldsByKind[K] | null;

const before = (at: Instant | null, asOf: Instant): Instant | null => (at !== null && at < asOf ? at : null);
const after = (at: Instant | null, asOf: Instant): boolean => at !== null && at >= asOf;

const rewindCustomer = <F extends FieldsByKind['contact'] | FieldsByKind['company']>(fields: F, asOf: Instant): F => ({
  ...fields,
  customerSince: before(fields.customerSince, asOf),
  // Without a date of its own; but whoever begins later is no customer yet.
  isCustomer: fields.isCustomer && !after(fields.customerSince, asOf),
  customerUntil: before(fields.customerUntil, asOf),
  lastContactedAt: before(fields.lastContactedAt, asOf),
});

/** What can be undone of each kind by its own dates. Undated values (usage, lifecycle stage …) stay as they are. */
const rewinds: { readonly [K in RecordKind]: Rewind<K> } = {
  contact: rewindCustomer,
  company: rewindCustomer,
  deal: (fields, asOf) =>
    after(fields.closedAt, asOf) ? { ...fields, isWon: false, isClosed: false, closedAt: null } : fields,
  ticket: (fields, asOf) => {
    if (after(fields.openedAt, asOf)) return null;
    const seen = {
      ...fields,
      firstResponseAt: before(fields.firstResponseAt, asOf),
      reopenedAt: before(fields.reopenedAt, asOf),
      firstClosedAt: before(fields.firstClosedAt, asOf),
      reopenCount: after(fields.reopenedAt, asOf) ? 0 : fields.reopenCount,
    };
    return after(fields.endedAt, asOf) ? { ...seen, isClosed: false, closedAt: null, endedAt: null } : seen;
  },
  answer: (fields, asOf) => (after(fields.answeredAt, asOf) ? null : fields),
  call: (fields, asOf) => (after(fields.startedAt, asOf) ? null : fields),
  subscription: (fields, asOf) => (after(fields.startedAt, asOf) ? null : fields),
};

/** The fact as it stood just before a moment, as far as its own dates tell; null when it did not exist yet. */
export function seenAt<K extends RecordKind>(fact: Fact<K>, asOf: Instant): Fact<K> | null {
  const rewind = rewinds[fact.kind] as Rewind<RecordKind>;
  const fields = rewind(fact.fields, asOf);
  return fields && ({ ...fact, fields } as Fact<K>);
}
