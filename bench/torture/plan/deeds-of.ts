import { type Random, randomStream } from '#local/portals/demo/random.ts';
import { type ObjectType, objectTypes, type Portal } from '#local/portals/portal.ts';
import { associable, association, associations } from './associating.ts';
import type { Deed, Timed } from './plan.ts';
import { changedValues, dealStages, newValues, ticketStages } from './values.ts';

/** What is there while deeds are made up: enough to make them up sensibly. */
interface Scene {
  readonly random: Random;
  readonly live: Record<ObjectType, string[]>;
  readonly binned: Record<ObjectType, string[]>;
  readonly drawId: Readonly<Record<ObjectType, () => string>>;
  merges: number;
  tokens: number;
}

type Writer = (scene: Scene) => Deed | readonly Deed[] | null;

const take = (list: string[], random: Random): string | null =>
  list.length === 0 ? null : (list.splice(random.integer(0, list.length - 1), 1)[0] ?? null);
const any = (list: readonly string[], random: Random): string | null => (list.length === 0 ? null : random.pick(list));

/** Most of what happens happens to customers and tickets. */
const someType = (random: Random): ObjectType =>
  random.weighted({
    contacts: 5,
    companies: 2,
    deals: 2,
    tickets: 4,
    feedback_submissions: 3,
    calls: 1,
    subscriptions: 1,
  });
const mergeable = ['contacts', 'contacts', 'companies', 'deals', 'tickets'] as const;

const changing =
  (how: 'update' | 'recalculate'): Writer =>
  ({ random, live }) => {
    const type = someType(random);
    const id = any(live[type], random);
    return id === null
      ? null
      : { do: how, type, id, properties: changedValues(type, id, random, how === 'recalculate') };
  };

const storm =
  (most: number): Writer =>
  ({ random, live }) => {
    const type = someType(random);
    return { do: 'touch', type, ids: live[type].slice(0, random.integer(1, most)) };
  };

const creating: Writer = ({ random, live, drawId }) => {
  const type = someType(random);
  const id = drawId[type]();
  const deed: Deed = {
    do: 'create',
    type,
    id,
    properties: newValues(type, id, random),
    associations: associations(type, live, random),
  };
  live[type].push(id);
  return deed;
};

/** Along the pipeline or back. */
const moving: Writer = ({ random, live }) => {
  const id = any(live.tickets, random);
  return id === null
    ? null
    : { do: 'update', type: 'tickets', id, properties: { hs_pipeline_stage: random.pick(ticketStages) } };
};

/** More records of one type, all of one millisecond, than one search can show. */
const importing: Writer = (scene) => {
  const { random, live, drawId } = scene;
  const type = random.pick(['contacts', 'tickets', 'calls'] as const);
  const ids = Array.from({ length: random.integer(52, 62) }, drawId[type]);
  live[type].push(...ids);
  return ids.map((id) => ({
    do: 'create' as const,
    type,
    id,
    properties: newValues(type, id, random),
    associations: {},
  }));
};

const writers = {
  update: { weight: 8, write: changing('update') },
  move: { weight: 2, write: moving },
  recalculate: { weight: 2, write: changing('recalculate') },
  touch: { weight: 1, write: storm(30) },
  create: { weight: 3, write: creating },
  import: { weight: 0.15, write: importing },
  archive: {
    weight: 2,
    write: ({ random, live, binned }) => {
      const type = someType(random);
      const id = take(live[type], random);
      if (id === null) return null;
      binned[type].push(id);
      return { do: 'archive', type, id };
    },
  },
  restore: {
    weight: 1.5,
    write: ({ random, live, binned }) => {
      const type = random.pick(objectTypes.filter((each) => binned[each].length > 0));
      const id = type && take(binned[type], random);
      if (!type || !id) return null;
      live[type].push(id);
      return { do: 'restore', type, id, touch: random.chance(0.4) };
    },
  },
  merge: {
    weight: 1.5,
    write: (scene) => {
      const { random, live } = scene;
      const type = random.pick(mergeable);
      if (live[type].length < 2) return null;
      const [id, other] = [take(live[type], random) as string, take(live[type], random) as string];
      const becomes = `merge${++scene.merges}`;
      live[type].push(becomes);
      return { do: 'merge', type, id, other, becomes };
    },
  },
  erase: {
    weight: 0.8,
    write: ({ random, live, binned }) => {
      const id = take(random.chance(0.8) ? live.contacts : binned.contacts, random);
      return id === null ? null : { do: 'erase', type: 'contacts', id };
    },
  },
  purge: {
    weight: 0.6,
    write: ({ random, binned }) => {
      const type = random.pick(objectTypes.filter((each) => binned[each].length > 0));
      const id = type && take(binned[type], random);
      return type && id ? { do: 'purge', type, id } : null;
    },
  },
  associate: {
    weight: 2,
    write: ({ random, live }) => {
      const [type, to] = somePair(random);
      const [id, other] = [any(live[type], random), any(live[to], random)];
      if (id === null || other === null) return null;
      return { do: 'associate', type, id, to, association: association(type, to, other, random) };
    },
  },
  disassociate: {
    weight: 2,
    write: ({ random, live }) => {
      const [type, to] = somePair(random);
      const [id, other] = [any(live[type], random), any(live[to], random)];
      return id === null || other === null ? null : { do: 'disassociate', type, id, to, other };
    },
  },
  'change stage': {
    weight: 0.3,
    write: ({ random }) => {
      const touch = random.chance(0.3);
      const closed = random.chance(0.5);
      return random.chance(0.5)
        ? {
            do: 'change stage',
            type: 'tickets',
            pipeline: '0',
            stage: random.pick(ticketStages),
            metadata: { ticketState: closed ? 'CLOSED' : 'OPEN', isClosed: String(closed) },
            touch,
          }
        : {
            do: 'change stage',
            type: 'deals',
            pipeline: 'default',
            stage: random.pick(dealStages),
            metadata: { isClosed: String(closed), probability: closed ? random.pick(['0.0', '1.0']) : '0.5' },
            touch,
          };
    },
  },
  'rotate token': {
    weight: 0.15,
    write: (scene) => ({
      do: 'rotate token',
      token: `pat-torture-${++scene.tokens}`,
      graceMs: scene.random.pick([0, 60_000]),
    }),
  },
} satisfies Record<string, { readonly weight: number; readonly write: Writer }>;

const weights = Object.fromEntries(Object.entries(writers).map(([name, { weight }]) => [name, weight])) as Record<
  keyof typeof writers,
  number
>;

/** A pair of types that are associated, as the one that is asked and the one that is found. */
function somePair(random: Random): readonly [ObjectType, ObjectType] {
  const from = random.pick(objectTypes.filter((type) => associable[type].length > 0));
  return [from, random.pick(associable[from])];
}

/** What is done at these moments (milliseconds after the portal was taken, ascending). */
export function deedsOf(
  seed: number,
  portal: Portal,
  drawId: Readonly<Record<ObjectType, () => string>>,
  moments: readonly number[],
): Timed[] {
  const random = randomStream(seed, 'torture deeds');
  const of = (archived: boolean) =>
    Object.fromEntries(
      objectTypes.map((type) => [
        type,
        portal.records[type].filter((each) => each.archived === archived).map(({ id }) => id),
      ]),
    ) as Record<ObjectType, string[]>;
  const scene: Scene = { random, live: of(false), binned: of(true), drawId, merges: 0, tokens: 0 };
  return moments.flatMap((at) => {
    const deeds = writers[random.weighted(weights)].write(scene);
    return deeds === null ? [] : [deeds].flat().map((deed) => ({ ...(deed as Deed), at }));
  });
}
