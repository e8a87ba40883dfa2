/** Everything that ever happens in the demo portal, in any order; folded into what is known at `asOf` and what follows. */
import type { Association, ObjectType } from '../portal.ts';

/** A record being told; its id is given when the ledger is folded, in the order of creation, as HubSpot does. */
export interface Draft {
  readonly type: ObjectType;
  readonly createdAt: number;
  readonly changes: Change[];
  readonly associations: Partial<Record<ObjectType, Link[]>>;
  archivedAt: number | null;
}

/** A property value; a draft stands for that record's id. */
export type Value = string | number | boolean | null | Draft;
export type Values = Readonly<Record<string, Value>>;

export interface Change {
  readonly at: number;
  readonly properties: Values;
  readonly sourceType: string;
}

/** An association with another draft. */
export interface Link extends Omit<Exclude<Association, string>, 'id'> {
  readonly to: Draft;
}

/** Collects drafts. */
export class Ledger {
  readonly drafts: Draft[] = [];

  create(type: ObjectType, at: number, properties: Values, links: readonly (Draft | Link)[] = []): Draft {
    const draft: Draft = {
      type,
      createdAt: at,
      changes: [{ at, properties, sourceType: 'CRM_UI' }],
      associations: {},
      archivedAt: null,
    };
    for (const link of links) {
      const full = 'to' in link ? link : { to: link };
      const list = draft.associations[full.to.type] ?? [];
      if (!list.some(({ to }) => to === full.to)) list.push(full);
      draft.associations[full.to.type] = list;
    }
    this.drafts.push(draft);
    return draft;
  }

  update(draft: Draft, at: number, properties: Values, sourceType = 'CRM_UI'): void {
    draft.changes.push({ at: Math.max(at, draft.createdAt), properties, sourceType });
  }

  archive(draft: Draft, at: number): void {
    draft.archivedAt = at;
  }
}
