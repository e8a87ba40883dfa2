import { seenAt } from '../records/as-of.ts';
import type { Fact, Instant, RecordKind } from '../records/record.ts';
import { attributedAt, attributions } from './attribution.ts';
import type { CaseMetric } from './metric.ts';

const day = 24 * 3_600_000;

/** The facts of a kind that link to this one, in any order; those dated too early or too late may be among them. */
export type FollowersOf = (fact: Fact, kind: RecordKind) => readonly Fact[];

/** A case metric's follow-up window in milliseconds. */
export const followUp = ({ follows }: Pick<CaseMetric, 'follows'>): number => follows.days * day;

/** Looks followers up among these facts; indexed once, so that each look-up is as short as its answer. */
export function followersAmong(facts: readonly Fact[]): FollowersOf {
  const key = (from: RecordKind, to: RecordKind, id: string): string => `${from} ${to} ${id}`;
  const index = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const [to, ids] of Object.entries(fact.links) as [RecordKind, readonly string[]][]) {
      for (const id of ids) {
        const place = key(fact.kind, to, id);
        const known = index.get(place);
        if (known) known.push(fact);
        else index.set(place, [fact]);
      }
    }
  }
  return (fact, kind) => index.get(key(kind, fact.kind, fact.id)) ?? [];
}

/** Those that follow a fact for a case metric: linked to it, seen, and dated within `[at, at + days)`. */
export function followersWithin(
  metric: CaseMetric,
  fact: Fact,
  at: Instant,
  followersOf: FollowersOf,
  asOf: Instant,
): Fact[] {
  const { attribution } = metric.follows;
  return followersOf(fact, attributions[attribution].kind).flatMap((candidate) => {
    const seen = candidate.links[fact.kind]?.includes(fact.id) ? seenAt(candidate, asOf) : null;
    const then = seen && attributedAt(attribution, seen);
    return seen && typeof then === 'number' && then >= at && then < at + followUp(metric) ? [seen] : [];
  });
}
