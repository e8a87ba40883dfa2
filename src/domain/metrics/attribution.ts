import type { Fact, Instant, RecordKind } from '../records/record.ts';

/** The moment a fact counts on: an instant, `undated` (only a window over all data sees it), or null: not at all. */
export type Attributed = Instant | 'undated' | null;

interface Rule<K extends RecordKind> {
  readonly kind: K;
  readonly at: (fact: Fact<K>) => Attributed;
}

const rule = <K extends RecordKind>(kind: K, at: (fact: Fact<K>) => Attributed): Rule<K> => ({ kind, at });

/** Every way of dating a fact. A day bucket is one of these on one day; a metric names the one it counts by. */
export const attributions = {
  'ticket.opened': rule('ticket', ({ fields }) => fields.openedAt ?? 'undated'),
  'ticket.closed': rule('ticket', ({ fields }) => (fields.isClosed ? (fields.endedAt ?? 'undated') : null)),
  'call.started': rule('call', ({ fields }) => fields.startedAt ?? 'undated'),
  'answer.answered': rule('answer', ({ fields }) => fields.answeredAt ?? 'undated'),
} as const;

export type Attribution = keyof typeof attributions;
/** The kind of record an attribution dates. */
export type KindOf<A extends Attribution> = (typeof attributions)[A]['kind'];

/** The attributions that date this kind of record. */
export const attributionsOf = (kind: RecordKind): Attribution[] =>
  (Object.keys(attributions) as Attribution[]).filter((name) => attributions[name].kind === kind);

/** When a fact counts by one attribution; null for facts of other kinds. */
export function attributedAt(attribution: Attribution, fact: Fact): Attributed {
  const found: { kind: RecordKind; at: (fact: never) => Attributed } = attributions[attribution];
  return found.kind === fact.kind ? found.at(fact as never) : null;
}
