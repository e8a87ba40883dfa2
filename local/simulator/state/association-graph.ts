import { type Association, type ObjectType, objectTypes } from '../../portals/portal.ts';
import { associationTypesBetween } from '../facts/association-types.ts';
import { compareIds } from './record-id.ts';

/** One reason two records are associated, as the associations API states it. */
export interface AssociationType {
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED';
  readonly typeId: number;
  readonly label: string | null;
}

/** A record at the other end, with every type that connects it. */
export interface AssociatedRecord {
  readonly id: string;
  readonly types: readonly AssociationType[];
}

type Links = Map<string, Map<string, Map<number, AssociationType>>>;

/** Who is associated with whom, always known from both ends. */
export class AssociationGraph {
  readonly #links = new Map<string, Links>();
  #version = 0;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Associates two records, in both directions. A labelled link implies the plain one, as HubSpot keeps it. */
  associate(from: ObjectType, fromId: string, to: ObjectType, association: Association): void {
    const { id, typeId, label } = typeof association === 'string' ? { id: association } : association;
    const known = associationTypesBetween(from, to);
    const plain = known.find((each) => each.label === null);
    if (!plain) throw new Error(`HubSpot associates ${from} with ${to} in no way the simulator knows`);
    this.#connect(from, fromId, to, id, hubspotDefined(plain.typeId, null));
    this.#connect(to, id, from, fromId, hubspotDefined(plain.inverseTypeId, null));
    const chosen = known.find((each) => each.typeId === typeId);
    if (typeId === undefined || typeId === plain.typeId) return;
    const there = chosen ? hubspotDefined(typeId, chosen.label) : userDefined(typeId, label);
    const back = chosen ? hubspotDefined(chosen.inverseTypeId, chosen.label) : userDefined(typeId, label);
    this.#connect(from, fromId, to, id, there);
    this.#connect(to, id, from, fromId, back);
  }

  /** The records of type `to` associated with a record, in id order. */
  of(from: ObjectType, fromId: string, to: ObjectType): AssociatedRecord[] {
    const targets = this.#links.get(`${from}>${to}`)?.get(fromId);
    if (!targets) return [];
    return [...targets]
      .map(([id, types]) => ({ id, types: [...types.values()] }))
      .sort((a, b) => compareIds(a.id, b.id));
  }

  /** True when the two records are associated. */
  has(from: ObjectType, fromId: string, to: ObjectType, toId: string): boolean {
    return this.#links.get(`${from}>${to}`)?.get(fromId)?.has(toId) ?? false;
  }

  /** The types that associate a record with another, in one direction. */
  between(from: ObjectType, fromId: string, to: ObjectType, toId: string): readonly AssociationType[] {
    return [...(this.#links.get(`${from}>${to}`)?.get(fromId)?.get(toId)?.values() ?? [])];
  }

  /** Takes every association between two records away, whatever its type. */
  disassociate(from: ObjectType, fromId: string, to: ObjectType, toId: string): void {
    this.#links.get(`${from}>${to}`)?.get(fromId)?.delete(toId);
    this.#links.get(`${to}>${from}`)?.get(toId)?.delete(fromId);
    this.#version += 1;
  }

  /** Takes every association of a record away. */
  remove(type: ObjectType, id: string): void {
    for (const to of objectTypes) {
      for (const target of this.of(type, id, to)) this.disassociate(type, id, to, target.id);
    }
  }

  /**
   * Gives a record's associations to another record, which keeps its own beside them. A record has one primary company,
   * so that of the record moved from becomes a plain one where the other has its own.
   */
  move(type: ObjectType, fromId: string, toId: string): void {
    for (const to of objectTypes) {
      const hasPrimary = to === 'companies' && this.of(type, toId, to).some(({ types }) => types.some(isPrimary));
      for (const target of this.of(type, fromId, to)) {
        const back = this.of(to, target.id, type).find(({ id }) => id === fromId)?.types ?? [];
        const moves = (each: AssociationType) => !(hasPrimary && isPrimary(each));
        for (const each of target.types.filter(moves)) this.#connect(type, toId, to, target.id, each);
        for (const each of back.filter(moves)) this.#connect(to, target.id, type, toId, each);
      }
    }
    this.remove(type, fromId);
  }

  #connect(from: ObjectType, fromId: string, to: ObjectType, toId: string, type: AssociationType): void {
    const links = entry(this.#links, `${from}>${to}`, () => new Map() as Links);
    const targets = entry(links, fromId, () => new Map<string, Map<number, AssociationType>>());
    entry(targets, toId, () => new Map<number, AssociationType>()).set(type.typeId, type);
    this.#version += 1;
  }
}

const isPrimary = ({ category, label }: AssociationType): boolean =>
  category === 'HUBSPOT_DEFINED' && label === 'Primary';

const hubspotDefined = (typeId: number, label: string | null): AssociationType => ({
  category: 'HUBSPOT_DEFINED',
  typeId,
  label,
});

const userDefined = (typeId: number, label: string | undefined): AssociationType => ({
  category: 'USER_DEFINED',
  typeId,
  label: label ?? null,
});

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
