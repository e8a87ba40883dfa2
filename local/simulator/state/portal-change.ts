import type { ObjectType, PortalRecord } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import type { AssociationGraph, AssociationType } from './association-graph.ts';
import type { ChangeSource } from './changed-record.ts';
import { propertyValue } from './record-values.ts';

/** A record by type and id. */
export interface RecordKey {
  readonly type: ObjectType;
  readonly id: string;
}

/** Who did something, and when (ISO 8601 UTC); absent where whoever did it did not say. */
export interface Doing {
  readonly at?: string;
  readonly source?: ChangeSource;
}

/** Something that happened in an account. What HubSpot computes by itself is not told. */
export type PortalChange = { readonly by?: Doing | undefined } & (
  | ({
      readonly change: 'created' | 'changed';
      /** The values that are new, by property; `''` where one was cleared. */
      readonly values: Readonly<Record<string, string>>;
    } & RecordKey)
  | ({ readonly change: 'archived' | 'restored' } & RecordKey)
  | ({ readonly change: 'erased'; readonly wasArchived: boolean } & RecordKey)
  | ({
      readonly change: 'merged';
      readonly primaryId: string;
      readonly otherId: string;
      /** How many values the merged record has from the other one. */
      readonly valuesMoved: number;
    } & RecordKey)
  | {
      readonly change: 'associated' | 'disassociated';
      readonly from: RecordKey;
      readonly to: RecordKey;
      readonly as: AssociationType;
    }
);

/** Tells whoever listens; what there is to tell is not worked out where nobody does. */
export class ChangeFeed {
  readonly #listeners = new Set<(change: PortalChange) => void>();

  /** Answers how to stop listening. */
  listen(listener: (change: PortalChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: () => PortalChange): void {
    if (this.#listeners.size > 0) this.#pass(change());
  }

  /** Does something to the associations of two records and tells, of both directions, what came of it. */
  tellLinks(
    graph: AssociationGraph,
    ends: readonly [RecordKey, RecordKey],
    by: Doing | undefined,
    work: () => void,
  ): void {
    if (this.#listeners.size === 0) {
      work();
      return;
    }
    const directions = [ends, ends.toReversed()] as (readonly [RecordKey, RecordKey])[];
    const types = () => directions.map(([from, to]) => graph.between(from.type, from.id, to.type, to.id));
    const before = types();
    work();
    const after = types();
    for (const [index, [from, to]] of directions.entries()) {
      const [had = [], has = []] = [before[index], after[index]];
      for (const as of lacking(has, had)) this.#pass({ change: 'associated', from, to, as, by });
      for (const as of lacking(had, has)) this.#pass({ change: 'disassociated', from, to, as, by });
    }
  }

  #pass(change: PortalChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const lacking = (types: readonly AssociationType[], there: readonly AssociationType[]): AssociationType[] =>
  types.filter(({ typeId }) => !there.some((each) => each.typeId === typeId));

/** Those of the values that differ from what the record holds. */
export function newValues(
  type: ObjectType,
  record: PortalRecord | undefined,
  values: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const held = (name: string): string => (record && propertyValue(type, record, name)) ?? '';
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value ?? ''] as const)
      .filter(([name, value]) => value !== held(name)),
  );
}

/** How many values a merged record has that only the other one had. */
export function valuesMoved(type: ObjectType, primary: PortalRecord, other: PortalRecord): number {
  return Object.keys(other.properties).filter(
    (name) =>
      !(name in objectTypeFacts[type].derived) &&
      propertyValue(type, other, name) &&
      !propertyValue(type, primary, name),
  ).length;
}
