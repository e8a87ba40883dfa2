import { type RecordKind, recordKinds } from '#domain/records/record.ts';
import { linkedKinds } from '#hubspot/links.ts';
import { objectNames } from '#local/object-names.ts';
import { type Random, randomStream } from '#local/portals/demo/random.ts';
import type { ObjectType } from '#local/portals/portal.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';

/** What happens in the account, by what is told of it, with its share of all events. */
export const mix = { property: 0.8, association: 0.1, creation: 0.08, departure: 0.02 } as const;
export type DeedKind = keyof typeof mix;

/** Changes of properties whose value alone does not say how the record reads. */
export const insufficientShare = 0.15;

type Value = (random: Random) => string;
type Change = readonly [type: ObjectType, property: string, value: Value];

const word: Value = ({ integer }) => `Word ${integer(1, 1e6)}`;
const oneOf =
  (...values: readonly string[]): Value =>
  ({ pick }) =>
    pick(values);
const whole =
  (low: number, high: number): Value =>
  ({ integer }) =>
    String(integer(low, high));

/** Values that are put in place as they are told. */
const sufficient: readonly Change[] = [
  ['contacts', 'lastname', word],
  ['contacts', 'product_usage_30d', whole(0, 200)],
  ['companies', 'product_usage_30d', whole(0, 200)],
  ['tickets', 'subject', word],
  ['tickets', 'hs_ticket_priority', oneOf('LOW', 'MEDIUM', 'HIGH')],
  ['deals', 'dealname', word],
  ['feedback_submissions', 'hs_value', whole(0, 2)],
  ['feedback_submissions', 'hs_content', word],
];

/** Values of which HubSpot calculates others. */
const insufficient: readonly Change[] = [
  ['tickets', 'hs_pipeline_stage', oneOf('1', '2', '3', '4')],
  ['deals', 'amount', whole(100, 50_000)],
  ['contacts', 'lifecyclestage', oneOf('lead', 'opportunity', 'customer')],
];

/** Who is linked to whom. */
const pairs: readonly (readonly [ObjectType, ObjectType])[] = [
  ['tickets', 'contacts'],
  ['deals', 'contacts'],
  ['contacts', 'companies'],
];

const newRecords: readonly (readonly [ObjectType, (random: Random) => Readonly<Record<string, string>>])[] = [
  ['tickets', (random) => ({ subject: word(random), hs_pipeline: '0', hs_pipeline_stage: '1' })],
  ['contacts', (random) => ({ firstname: 'Ana', lastname: word(random), lifecyclestage: 'lead' })],
  ['deals', (random) => ({ dealname: word(random), amount: whole(100, 50_000)(random) })],
];

const leaving: readonly ObjectType[] = ['tickets', 'deals', 'contacts'];

/** Somebody at work in an account. */
export interface Worker {
  /** Does something of a kind at a moment (ISO 8601 UTC). */
  do(kind: DeedKind, at: string): void;
  /** Of the property changes done, those whose value does not suffice. */
  readonly insufficient: () => number;
  /** The kinds of records that named one when it was merged or left. */
  readonly naming: Naming;
}

/** Kinds of records that name a record. */
export type Naming = (kind: RecordKind, id: string) => readonly RecordKind[];

/** A seeded worker; what it does depends on the seed and the account alone. */
export function workerIn(portal: PortalState, seed: number): Worker {
  const random = randomStream(seed, 'deeds');
  const ids = new Map<ObjectType, string[]>();
  const binned: { readonly type: ObjectType; readonly id: string }[] = [];
  const named = new Map<string, readonly RecordKind[]>();
  let insufficientCount = 0;

  /** Remembers who names a record that is about to go, also under the id it goes on by. */
  const noteNaming = (type: ObjectType, id: string): readonly RecordKind[] => {
    const naming = recordKinds.filter(
      (other) =>
        linkedKinds[other].some((kind) => objectNames[kind] === type) &&
        portal.associated(type, id, objectNames[other]).length > 0,
    );
    named.set(`${type} ${id}`, naming);
    return naming;
  };

  const idsOf = (type: ObjectType): string[] => {
    const known = ids.get(type);
    if (known) return known;
    const live = portal.records[type].all().flatMap(({ id, archived }) => (archived ? [] : [id]));
    ids.set(type, live);
    return live;
  };
  const some = (type: ObjectType): string => random.pick(idsOf(type));
  const take = (type: ObjectType): string => {
    const list = idsOf(type);
    return list.splice(random.integer(0, list.length - 1), 1)[0] as string;
  };

  const deeds: Readonly<Record<DeedKind, (at: string) => void>> = {
    property: (at) => {
      const isInsufficient = random.chance(insufficientShare);
      if (isInsufficient) insufficientCount += 1;
      const [type, property, value] = random.pick(isInsufficient ? insufficient : sufficient);
      portal.update(type, some(type), { [property]: value(random) }, at);
    },
    association: () => {
      const [from, to] = random.pick(pairs);
      const id = some(from);
      const [linked] = portal.associated(from, id, to);
      if (linked && random.chance(0.3)) portal.disassociate(from, id, to, linked.id);
      else portal.associate(from, id, to, some(to));
    },
    creation: (at) => {
      const [type, values] = random.pick(newRecords);
      idsOf(type).push(portal.create(type, { properties: values(random) }, at).id);
    },
    departure: (at) => {
      const what = random.weighted({ merge: 1, archive: 2, restore: 1 });
      const type = random.pick(leaving);
      const back = what === 'restore' ? binned.shift() : undefined;
      if (what === 'merge') {
        const [one, other] = [take(type), take(type)];
        const naming = [...new Set([...noteNaming(type, one), ...noteNaming(type, other)])];
        const { id } = portal.merge(type, one, other, at);
        named.set(`${type} ${id}`, naming);
        idsOf(type).push(id);
      } else if (back) {
        portal.restore(back.type, back.id, at);
        idsOf(back.type).push(back.id);
      } else {
        const id = take(type);
        noteNaming(type, id);
        portal.archive(type, id, at);
        binned.push({ type, id });
      }
    },
  };
  return {
    do: (kind, at) => deeds[kind](at),
    insufficient: () => insufficientCount,
    naming: (kind, id) => named.get(`${objectNames[kind]} ${id}`) ?? [],
  };
}
