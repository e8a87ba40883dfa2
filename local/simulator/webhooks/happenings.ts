import type { ObjectType } from '../../portals/portal.ts';
import { untoldProperties, type WebhookEventName } from '../facts/webhooks.ts';
import type { AssociationType } from '../state/association-graph.ts';
import type { PortalChange, RecordKey } from '../state/portal-change.ts';

/** Something that events can be about, before it is put in the form of a subscription. */
export type Happening =
  | ({ readonly event: 'creation' | 'deletion' | 'restore' | 'privacyDeletion' } & RecordKey)
  | ({ readonly event: 'propertyChange'; readonly name: string; readonly value: string } & RecordKey)
  | ({
      readonly event: 'merge';
      readonly primaryId: string;
      readonly mergedIds: readonly string[];
      readonly valuesMoved: number;
    } & RecordKey)
  | ({
      readonly event: 'associationChange';
      readonly to: RecordKey;
      readonly as: AssociationType;
      readonly removed: boolean;
    } & RecordKey);

/** What HubSpot tells of a change; with `valuesAtCreation` the values of a new record are told one by one as well. */
export function happeningsOf(
  change: PortalChange,
  { valuesAtCreation }: { readonly valuesAtCreation: boolean },
): readonly Happening[] {
  const about = (
    event: 'creation' | 'deletion' | 'restore' | 'privacyDeletion',
    { type, id }: RecordKey,
  ): Happening => ({
    event,
    type,
    id,
  });
  switch (change.change) {
    case 'created':
      return [about('creation', change), ...(valuesAtCreation ? newValuesOf(change, change.values) : [])];
    case 'changed':
      return newValuesOf(change, change.values);
    case 'archived':
      return [about('deletion', change)];
    case 'restored':
      return [about('restore', change)];
    case 'erased':
      return erasure(change.type, change.wasArchived).map((event) => about(event, change));
    case 'merged': {
      const { type, id, primaryId, otherId, valuesMoved } = change;
      return [{ event: 'merge', type, id, primaryId, mergedIds: [otherId], valuesMoved }];
    }
    case 'associated':
    case 'disassociated': {
      const { from, to, as } = change;
      return [{ event: 'associationChange', ...from, to, as, removed: change.change === 'disassociated' }];
    }
  }
}

function newValuesOf({ type, id }: RecordKey, values: Readonly<Record<string, string>>): Happening[] {
  return Object.entries(values)
    .filter(([name]) => !untoldProperties.has(name))
    .map(([name, value]) => ({ event: 'propertyChange', type, id, name, value }));
}

/** A privacy deletion is told as a deletion besides (docs); of other objects there is none, and the bin is emptied silently. */
function erasure(type: ObjectType, wasArchived: boolean): Extract<WebhookEventName, 'deletion' | 'privacyDeletion'>[] {
  if (type === 'contacts') return ['privacyDeletion', 'deletion'];
  return wasArchived ? [] : ['deletion'];
}
