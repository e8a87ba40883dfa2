import { type Random, randomStream } from '#local/portals/demo/random.ts';
import { type ObjectType, objectTypes, type Portal } from '#local/portals/portal.ts';
import { pageSizes } from '#local/simulator/facts/limits.ts';
import type { FaultPlan } from '#local/simulator/faults/fault-plan.ts';
import { type FaultName, faults } from '#local/simulator/faults/faults.ts';
import type { SearchIndexRules } from '#local/simulator/state/search-index.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { deedsOf } from './deeds-of.ts';
import { flurriesOf } from './flurries.ts';
import { idDrawer } from './ids.ts';
import type { Crash, Plan, Poll } from './plan.ts';
import { associationsPerPage, portalOf } from './portal-of.ts';
import { webhooksOf } from './webhooks-of.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Pages and caps so small that every edge is hit often. */
const sizes = { list: 5, listWithHistory: 3, search: 5, searchResults: 50, associationsPerPage } as const;

/** Quiet polls until everything that has a date is read: one ends a window that was under way, one reads the last. */
const datedPolls = 2;

/** Quiet polls until everything that has no date is read: see `quietPolls`. */
const rounds = 5;

/** What HubSpot's search may do at worst and we still promise everything: the tail ends before lag and overlap do. */
const latest = safetyLag + overlap;

/** Rows that cannot be read; those that spoil whole pages cost calls of their own and have tests of their own. */
const corruptions = [
  'object for a value',
  'number for a string',
  'no properties',
  'no id',
  'no modified date',
] as const;

const corruptOf = (random: Random, { records }: Portal): NonNullable<FaultPlan['corrupt']> =>
  objectTypes.flatMap((type) =>
    records[type].flatMap(({ id }) => (random.chance(0.04) ? [{ type, id, how: random.pick(corruptions) }] : [])),
  );

/** Faults of one seed: about half of all there are, each befalling one call in a thousand to one in eighty. */
const faultsOf = (random: Random, portal: Portal): FaultPlan => ({
  seed: random.integer(1, 1_000_000),
  corrupt: random.chance(0.2) ? corruptOf(random, portal) : [],
  rates: Object.fromEntries(
    (Object.keys(faults) as FaultName[])
      .filter((name) => random.chance(0.5) && (name !== '429 DAILY' || random.chance(0.1)))
      .map((name) => [name, random.between(0.001, 0.012)]),
  ),
});

const indexOf = (random: Random): SearchIndexRules => ({
  seed: random.integer(1, 1_000_000),
  lagMs: {
    usual: [0, random.pick([2_000, 10_000, safetyLag])],
    tail: { share: random.pick([0, 0.05, 0.2]), upTo: latest - 1 },
  },
  staleRows: random.pick([0, 0.3, 1]),
  outsideWindow: random.pick([0, 0.3]),
  unordered: random.pick([0, 0.3, 1]),
});

/** Polls at a cadence, some of them short of time. */
function pollsOf(random: Random, from: number, count: number, cadence: number): Poll[] {
  return Array.from({ length: count }, (_, index) => ({
    at: from + index * cadence + random.integer(0, minute),
    ...(random.chance(0.1) && { within: random.integer(5, 60) * 1_000 }),
  }));
}

/** Most deeds happen while we poll or shortly before, since that is where things go wrong; each moment is its own. */
function momentsOf(random: Random, polls: readonly Poll[], count: number, end: number): number[] {
  const moments = Array.from({ length: count }, () =>
    random.chance(0.6) ? random.pick(polls).at + random.integer(-40_000, 60_000) : random.integer(1_000, end),
  );
  return moments.map((at) => Math.min(end, Math.max(1, at))).sort((a, b) => a - b);
}

const crashesOf = (random: Random, polls: number): Crash[] =>
  Array.from({ length: polls }, (_, poll) => poll).flatMap((poll) =>
    random.chance(0.3)
      ? [{ poll, step: Math.ceil(Math.exp(random.between(0, Math.log(400)))), halfway: random.chance(0.5) }]
      : [],
  );

/** The plan that follows from a seed, and from nothing else. */
export function planOf(seed: number): Plan {
  const random = randomStream(seed, 'torture plan');
  const drawId = Object.fromEntries(
    objectTypes.map((type) => [type, idDrawer(randomStream(seed, `torture ids of ${type}`))]),
  ) as Record<ObjectType, () => string>;
  const portal = portalOf(seed, drawId);
  const cadence = random.integer(5, 30) * minute;
  const polls = pollsOf(random, 0, random.integer(4, 8), cadence);
  const last = (polls.at(-1) as Poll).at;
  const end = last + 2 * minute;
  const goingWrong = faultsOf(random, portal);
  const webhooks = webhooksOf(seed, polls, end);
  const rereadsFirst = random.chance(0.5);
  const quiet = quietPolls({ portal, faults: goingWrong }, end, rereadsFirst ? rounds : datedPolls + rounds);
  const flurries = webhooks ? flurriesOf(seed, portal, polls, end) : [];
  return {
    seed,
    portal,
    pageSizes: {
      ...pageSizes,
      ...sizes,
      associationBatch: random.pick([10, 20, 30]),
      objectBatch: random.pick([4, 10]),
    },
    // A stream of its own: with it or without, a seed is otherwise the same.
    backfill: randomStream(seed, 'torture backfill').chance(0.3) ? 'fast' : 'frugal',
    deeds: [...deedsOf(seed, portal, drawId, momentsOf(random, polls, random.integer(10, 45), end)), ...flurries].sort(
      (a, b) => a.at - b.at,
    ),
    polls: [...polls, ...quiet],
    quietFrom: polls.length,
    rereadFrom: rereadsFirst ? 0 : polls.length + datedPolls,
    crashes: crashesOf(random, polls.length).filter(() => !webhooks?.stalls),
    faults: goingWrong,
    webhooks,
    searchIndex: random.chance(0.9) ? indexOf(random) : undefined,
    otherApps: random.chance(0.3) ? { share: 0.2, seed } : undefined,
    // Of calls of several processes at one moment response times decide which comes first.
    latencyMs: random.chance(0.9) || webhooks ? [150, 600] : undefined,
  };
}

/**
 * After the last deed and once the index has settled. Polls so far apart that at each a re-read is due, and the recycle bin.
 * After those that the dates need: one ends the round that was under way, one begins another and the third ends it, the
 * fourth looks through the bin, which tells what was only archived from what is gone; then what that found is read.
 */
function quietPolls({ portal, faults }: Pick<Plan, 'portal' | 'faults'>, end: number, count: number): Poll[] {
  const sync = portal.definition.mappings.sync as { archivedEveryMinutes: number; rereadEveryHours: number };
  const gap = Math.max(sync.archivedEveryMinutes * minute, sync.rereadEveryHours * hour) + minute;
  // Once HubSpot said that the day's calls are used up, nothing is asked of it before the account's midnight.
  const from = end + latest + (faults.rates?.['429 DAILY'] ? 24 * hour : 0);
  return Array.from({ length: count }, (_, index) => ({ at: from + index * gap }));
}
