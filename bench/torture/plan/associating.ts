import type { Random } from '#local/portals/demo/random.ts';
import type { Association, ObjectType } from '#local/portals/portal.ts';

/** Which records of a torture portal are associated with which others: all that we read, and some that we do not. */
export const associable: Readonly<Record<ObjectType, readonly ObjectType[]>> = {
  contacts: ['companies'],
  companies: [],
  deals: ['contacts', 'companies'],
  tickets: ['contacts', 'companies', 'deals'],
  feedback_submissions: ['contacts', 'tickets'],
  calls: ['contacts', 'tickets'],
  subscriptions: ['contacts', 'companies'],
};

/** Type ids of the primary company (docs: Associations guide). */
const primary: Readonly<Partial<Record<ObjectType, number>>> = { contacts: 1, deals: 5, tickets: 26 };

/** An association with a record; with a company it may be the primary one. */
export function association(from: ObjectType, to: ObjectType, id: string, random: Random): Association {
  const typeId = primary[from];
  return to === 'companies' && typeId !== undefined && random.chance(0.3) ? { id, typeId } : id;
}

/** Associations of a new record with up to three of the records there are, of each type it can have. */
export function associations(
  from: ObjectType,
  there: Readonly<Record<ObjectType, readonly string[]>>,
  random: Random,
): Partial<Record<ObjectType, readonly Association[]>> {
  return Object.fromEntries(
    associable[from].flatMap((to) => {
      const [among, count] = [there[to], random.chance(0.7) ? random.integer(1, 3) : 0];
      if (among.length === 0 || count === 0) return [];
      const ids = new Set(Array.from({ length: count }, () => random.pick(among)));
      return [[to, [...ids].map((id, index) => (index === 0 ? association(from, to, id, random) : id))]];
    }),
  );
}
