/** Turns the ledger into records at `asOf` and events after it. */
import {
  type Association,
  type ObjectType,
  objectTypes,
  type PortalEvent,
  type PortalRecord,
  type PropertyVersion,
} from '../portal.ts';
import { asOf, iso } from './calendar.ts';
import type { Draft, Ledger, Value } from './ledger.ts';

/** First id of each type and the usual gap to the next: distinct ranges, 9 to 12 digits, as seen in real portals. */
const idRanges: Readonly<Record<ObjectType, readonly [first: number, gap: number]>> = {
  contacts: [103_400_551, 151],
  companies: [9_201_400_387, 1_013],
  deals: [21_730_906_118, 709],
  tickets: [2_904_116_203, 97],
  feedback_submissions: [411_620_700_915, 53],
  calls: [67_015_288_400, 211],
  subscriptions: [530_118_004_661, 401],
};

/** Properties whose history is kept: what metrics and backtests read as of an earlier date. */
const historied: readonly string[] = [
  'hs_pipeline_stage',
  'lifecyclestage',
  'product_usage_30d',
  'product_usage_prior_30d',
];

export interface Folded {
  readonly records: Record<ObjectType, PortalRecord[]>;
  readonly future: PortalEvent[];
  readonly idOf: (draft: Draft) => string;
}

/** Records carry what was changed before `asOf`; everything from then on is an event, sorted by its time. */
export function fold(ledger: Ledger, end: number): Folded {
  const ids = new Map<Draft, string>();
  const records = Object.fromEntries(objectTypes.map((type) => [type, []])) as unknown as Folded['records'];
  const future: PortalEvent[] = [];
  const byType = new Map<ObjectType, Draft[]>(objectTypes.map((type) => [type, []]));
  for (const draft of ledger.drafts) if (draft.createdAt < end) byType.get(draft.type)?.push(draft);
  for (const [type, drafts] of byType) {
    drafts.sort((a, b) => a.createdAt - b.createdAt);
    const [first, gap] = idRanges[type];
    for (const [n, draft] of drafts.entries()) ids.set(draft, String(first + n * gap + ((n * 7919) % gap)));
  }
  const idOf = (draft: Draft): string => {
    const id = ids.get(draft);
    if (id === undefined) throw new Error(`a ${draft.type} record is named that is not part of the demo portal`);
    return id;
  };
  for (const [type, drafts] of byType) {
    for (const draft of drafts) {
      draft.changes.sort((a, b) => a.at - b.at);
      if (draft.createdAt < asOf) records[type].push(recordOf(draft, idOf));
      future.push(...eventsOf(draft, end, idOf));
    }
  }
  future.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { records, future, idOf };
}

function recordOf(draft: Draft, idOf: (draft: Draft) => string): PortalRecord {
  const properties: Record<string, string | null> = {};
  const history: Record<string, PropertyVersion[]> = {};
  let updatedAt = draft.createdAt;
  for (const { at, properties: changed, sourceType } of draft.changes) {
    if (at >= asOf) break;
    updatedAt = at;
    for (const [name, value] of Object.entries(changed)) {
      properties[name] = text(value, idOf);
      if (!historied.includes(name) || properties[name] === null) continue;
      history[name] ??= [];
      history[name].unshift({ value: properties[name], timestamp: iso(at), sourceType });
    }
  }
  const archived = draft.archivedAt !== null && draft.archivedAt < asOf;
  if (archived) updatedAt = Math.max(updatedAt, draft.archivedAt ?? 0);
  return {
    id: idOf(draft),
    properties,
    ...(Object.keys(history).length > 0 && { propertiesWithHistory: history }),
    ...associationsOf(draft, idOf),
    createdAt: iso(draft.createdAt),
    updatedAt: iso(updatedAt),
    archived,
    ...(archived && { archivedAt: iso(draft.archivedAt ?? 0) }),
  };
}

function* eventsOf(draft: Draft, end: number, idOf: (draft: Draft) => string): Generator<PortalEvent> {
  const { type } = draft;
  const id = idOf(draft);
  for (const [n, { at, properties }] of draft.changes.entries()) {
    if (at < asOf || at >= end) continue;
    const created = n === 0 ? associationsOf(draft, idOf) : {};
    const values = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, text(value, idOf)]));
    yield { at: iso(at), type, id, change: n === 0 ? 'create' : 'update', properties: values, ...created };
  }
  if (draft.archivedAt !== null && draft.archivedAt >= asOf && draft.archivedAt < end) {
    yield { at: iso(draft.archivedAt), type, id, change: 'archive' };
  }
}

function associationsOf(draft: Draft, idOf: (draft: Draft) => string): Pick<PortalRecord, 'associations'> {
  const entries = Object.entries(draft.associations);
  if (entries.length === 0) return {};
  const associations = Object.fromEntries(
    entries.map(([type, links]) => [
      type,
      links.map(
        ({ to, ...rest }): Association => (Object.keys(rest).length === 0 ? idOf(to) : { id: idOf(to), ...rest }),
      ),
    ]),
  );
  return { associations };
}

function text(value: Value, idOf: (draft: Draft) => string): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? idOf(value) : String(value);
}
