import { type Random, randomStream } from '#local/portals/demo/random.ts';
import type { ObjectType, Portal } from '#local/portals/portal.ts';
import { associable, association } from './associating.ts';
import type { Deed, Poll, Timed } from './plan.ts';
import { anotherValue, changedValues, ticketStages } from './values.ts';

/** Whom a flurry is about. */
interface Scene {
  readonly random: Random;
  readonly live: Readonly<Record<ObjectType, readonly string[]>>;
}

/** What somebody does to one record again and again. */
type Flurry = (scene: Scene) => readonly Deed[];

const oneOf = (ids: readonly string[], random: Random): string | undefined =>
  ids.length === 0 ? undefined : random.pick(ids);
const rounds = (random: Random): number[] => Array.from({ length: random.integer(2, 6) }, (_, round) => round);

/** One property of one record gets one value after the other. */
const typing: Flurry = ({ random, live }) => {
  const type = random.pick(['contacts', 'companies', 'deals', 'tickets', 'feedback_submissions', 'calls'] as const);
  const id = oneOf(live[type], random);
  if (id === undefined) return [];
  const [name = ''] = Object.keys(changedValues(type, id, random, false));
  return rounds(random).map(() => ({
    do: 'update',
    type,
    id,
    properties: { [name]: anotherValue(type, name, id, random) },
  }));
};

/** A ticket goes through its stages, back and forth. */
const moving: Flurry = ({ random, live }) => {
  const id = oneOf(live.tickets, random);
  if (id === undefined) return [];
  return rounds(random).map(() => ({
    do: 'update',
    type: 'tickets',
    id,
    properties: { hs_pipeline_stage: random.pick(ticketStages) },
  }));
};

/** Two records are associated, and are not. */
const linking: Flurry = ({ random, live }) => {
  const type = random.pick(['contacts', 'deals', 'tickets', 'feedback_submissions', 'calls'] as const);
  const to = random.pick(associable[type]);
  const [id, other] = [oneOf(live[type], random), oneOf(live[to], random)];
  if (id === undefined || other === undefined) return [];
  return rounds(random).map(() =>
    random.chance(0.6)
      ? { do: 'associate', type, id, to, association: association(type, to, other, random) }
      : { do: 'disassociate', type, id, to, other },
  );
};

/** A record goes into the bin and comes back, is changed and linked in between. */
const binning: Flurry = ({ random, live }) => {
  const type = random.pick(['contacts', 'contacts', 'companies', 'deals', 'tickets', 'calls'] as const);
  const id = oneOf(live[type], random);
  if (id === undefined) return [];
  return rounds(random).map((round) => {
    if (random.chance(0.3)) return { do: 'update', type, id, properties: changedValues(type, id, random, false) };
    return round % 2 === 0 ? { do: 'archive', type, id } : { do: 'restore', type, id, touch: random.chance(0.4) };
  });
};

const flurries: readonly Flurry[] = [typing, typing, typing, moving, linking, linking, binning];

/** Milliseconds between two deeds of a flurry: some come at one moment. */
const gap = (random: Random): number => random.pick([0, 1, random.integer(2, 2_000), random.integer(2_000, 60_000)]);

/**
 * Deeds that follow each other so closely that what is told of them overtakes itself, and meets the polls. A stream of its
 * own: without them a seed is otherwise the same.
 */
export function flurriesOf(seed: number, portal: Portal, polls: readonly Poll[], end: number): Timed[] {
  const random = randomStream(seed, 'torture flurries');
  const live = Object.fromEntries(
    Object.entries(portal.records).map(([type, records]) => [
      type,
      records.filter(({ archived }) => !archived).map(({ id }) => id),
    ]),
  ) as Record<ObjectType, string[]>;
  return Array.from({ length: random.integer(8, 20) }, () => random.pick(flurries)({ random, live })).flatMap(
    (deeds) => {
      let at = random.pick(polls).at + random.integer(-40_000, 60_000);
      return deeds.map((deed) => {
        at += gap(random);
        return { ...deed, at: Math.min(end, Math.max(1, at)) };
      });
    },
  );
}
