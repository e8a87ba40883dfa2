import {
  type CxRecord,
  compareIds,
  type Links,
  type RecordId,
  type RecordKind,
  recordKinds,
} from '#domain/records/record.ts';
import { absorbedProperties } from '#hubspot/absorbed.ts';
import { linkedKinds } from '#hubspot/links.ts';
import { outputNames } from '#hubspot/outputs.ts';
import type { Mapping, PortalFacts } from '#hubspot/properties/mapping.ts';
import { mappingsFor } from '#hubspot/properties/mappings.ts';
import { recordFrom } from '#hubspot/row.ts';
import { stageFacts } from '#hubspot/stages.ts';
import { objectNames } from '#local/object-names.ts';
import type { ObjectType } from '#local/portals/portal.ts';
import type { PortalState } from '#local/simulator/state/portal-state.ts';
import { propertyValue } from '#local/simulator/state/record-values.ts';
import { readConfig } from '#platform/read-config.ts';

/** Records by kind and id. */
export type Records = Readonly<Record<RecordKind, ReadonlyMap<RecordId, CxRecord>>>;

/** Type ids of "primary company". */
const primaryTypes: readonly number[] = [1, 5, 26];

const factsOf = (portal: PortalState, type: ObjectType): PortalFacts => {
  const stages = portal
    .pipelines(type)
    .flatMap(({ id, stages }) => stages.map((stage) => [`${id}/${stage.id}`, stageFacts(stage.metadata)] as const));
  const byName = new Map(stages);
  return {
    homeCurrency: portal.definition.account.companyCurrency,
    stage: (pipeline, stage) => byName.get(`${pipeline}/${stage}`),
  };
};

/** Links as records state them: those a property names first, then the primary one, then ascending. */
function linksOf(portal: PortalState, record: CxRecord): Links {
  const type = objectNames[record.kind];
  const linked = linkedKinds[record.kind].flatMap((to) => {
    const targets = portal.associated(type, record.id, objectNames[to]).map(({ id, types }) => ({
      id,
      isPrimary: types.some(({ category, typeId }) => category === 'HUBSPOT_DEFINED' && primaryTypes.includes(typeId)),
    }));
    targets.sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || compareIds(a.id, b.id));
    return targets.length > 0 ? [[to, targets.map(({ id }) => id)] as const] : [];
  });
  const links: Partial<Record<RecordKind, readonly RecordId[]>> = { ...record.links };
  for (const [to, ids] of linked) links[to] = [...new Set([...(links[to] ?? []), ...ids])];
  return links;
}

/** What a mirror of the portal has to hold now: read from the portal itself, by the mappings alone. */
export function expectedRecords(portal: PortalState): Records {
  const mappings = mappingsFor(readConfig(portal.definition.mappings));
  const recordsOf = (kind: RecordKind): ReadonlyMap<RecordId, CxRecord> => {
    const type = objectNames[kind];
    const mapping = mappings[kind] as Mapping<RecordKind>;
    const names = [...mapping.properties, ...absorbedProperties(kind), ...outputNames];
    const facts = factsOf(portal, type);
    const records = portal.records[type].all().filter(({ archived }) => !archived);
    return new Map(
      records.map((record) => {
        const properties = Object.fromEntries(names.map((name) => [name, propertyValue(type, record, name)]));
        const modifiedAt = portal.records[type].modifiedAt(record.id);
        const row = { id: record.id, properties, modifiedAt, archived: false };
        const read = recordFrom(kind, mapping, row, facts);
        return [record.id, { ...read, links: linksOf(portal, read) }] as const;
      }),
    );
  };
  return Object.fromEntries(recordKinds.map((kind) => [kind, recordsOf(kind)])) as Records;
}
