import { type Association, type ObjectType, objectTypes } from '#local/portals/portal.ts';
import type { Simulator } from '#local/simulator/simulator.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import type { Deed, DeedName, DeedOf } from '../plan/plan.ts';

type State = 'live' | 'archived' | 'absent';

/** Who is who in the account by now, and in which state. */
interface Sight {
  readonly portal: PortalState;
  readonly simulator: Pick<Simulator, 'rotateToken'>;
  /** The id of a record of the plan, which a merge may have made. */
  id(name: string): string;
  state(type: ObjectType, name: string): State;
  became(name: string, id: string): void;
  /** Of these associations those whose other end is there. */
  there(type: ObjectType, associations: readonly Association[]): Association[];
}

/** How a deed is done: what its records must be like for it, and the doing itself at a moment (ISO 8601 UTC). */
interface Doing<D> {
  readonly possible: (sight: Sight, deed: D) => boolean;
  readonly perform: (sight: Sight, deed: D, at: string) => void;
}

type Named = { readonly type: ObjectType; readonly id: string };
const being =
  (state: State) =>
  (sight: Sight, { type, id }: Named): boolean =>
    sight.state(type, id) === state;
const live = being('live');

const doings: { readonly [D in DeedName]: Doing<DeedOf<D>> } = {
  create: {
    possible: being('absent'),
    perform: (sight, { type, id, properties, associations = {} }, at) => {
      const there = Object.fromEntries(objectTypes.map((to) => [to, sight.there(to, associations[to] ?? [])]));
      sight.portal.create(type, { id, properties, associations: there }, at);
    },
  },
  update: {
    possible: live,
    perform: ({ portal, id }, deed, at) => portal.update(deed.type, id(deed.id), deed.properties, at),
  },
  recalculate: {
    possible: live,
    perform: ({ portal, id }, deed, at) => portal.recalculate(deed.type, id(deed.id), deed.properties, at),
  },
  touch: {
    possible: () => true,
    perform: ({ portal, id, state }, { type, ids }, at) =>
      portal.touch(type, ids.filter((name) => state(type, name) === 'live').map(id), at),
  },
  archive: { possible: live, perform: ({ portal, id }, deed, at) => portal.archive(deed.type, id(deed.id), at) },
  restore: {
    possible: being('archived'),
    perform: ({ portal, id }, { type, id: name, touch }, at) => portal.restore(type, id(name), at, { touch }),
  },
  merge: {
    possible: (sight, { type, id, other }) => live(sight, { type, id }) && live(sight, { type, id: other }),
    perform: ({ portal, id, became }, { type, id: name, other, becomes }, at) =>
      became(becomes, portal.merge(type, id(name), id(other), at).id),
  },
  erase: {
    possible: (sight, deed) => !being('absent')(sight, deed),
    perform: ({ portal, id }, deed, at) => portal.erase(deed.type, id(deed.id), at),
  },
  purge: {
    possible: being('archived'),
    perform: ({ portal, id }, deed, at) => portal.erase(deed.type, id(deed.id), at),
  },
  associate: {
    possible: (sight, deed) => live(sight, deed) && sight.there(deed.to, [deed.association]).length > 0,
    perform: ({ portal, id, there }, { type, id: name, to, association }) =>
      portal.associate(type, id(name), to, there(to, [association])[0] as Association),
  },
  disassociate: {
    possible: (sight, { type, id, to, other }) => live(sight, { type, id }) && live(sight, { type: to, id: other }),
    perform: ({ portal, id }, { type, id: name, to, other }) => portal.disassociate(type, id(name), to, id(other)),
  },
  'change stage': {
    possible: () => true,
    perform: ({ portal }, { type, pipeline, stage, metadata, touch }, at) =>
      portal.changeStage({ type, pipeline, stage }, metadata, at, { touch }),
  },
  'rotate token': {
    possible: () => true,
    perform: ({ simulator }, { token, graceMs }) => simulator.rotateToken(token, { graceMs }),
  },
};

/** Somebody's hands in an account: does a deed at a moment (milliseconds); false when it is not possible any more. */
export function handsIn(simulator: Simulator): (deed: Deed, at: number) => boolean {
  const { portal } = simulator;
  const names = new Map<string, string>();
  const id = (name: string): string => names.get(name) ?? name;
  const state = (type: ObjectType, name: string): State => {
    const record = portal.records[type].get(id(name));
    if (!record) return 'absent';
    return record.archived ? 'archived' : 'live';
  };
  const sight: Sight = {
    portal,
    simulator,
    id,
    state,
    became: (name, newId) => names.set(name, newId),
    there: (type, associations) =>
      associations
        .map((each) => (typeof each === 'string' ? id(each) : { ...each, id: id(each.id) }))
        .filter((each) => state(type, typeof each === 'string' ? each : each.id) === 'live'),
  };
  return (deed, at) => {
    const doing = doings[deed.do] as Doing<Deed>;
    const moment = new Date(at).toISOString();
    portal.purge(moment);
    if (!doing.possible(sight, deed)) return false;
    doing.perform(sight, deed, moment);
    return true;
  };
}
