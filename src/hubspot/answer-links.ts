import * as objects from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import type { Links, RecordId } from '#domain/records/record.ts';
import { chunks } from './chunks.ts';
import { configure } from './generated.ts';
import { sizes } from './limits.ts';
import { objectTypes } from './object-types.ts';
import { answerFallbackLinks } from './properties/answer.ts';
import type { RawProperties } from './properties/mapping.ts';
import type { Transport } from './transport.ts';

type FallbackKind = keyof typeof answerFallbackLinks;
const fallbackKinds = Object.keys(answerFallbackLinks) as FallbackKind[];

const completed = (links: Links, properties: RawProperties): Links => {
  const added = fallbackKinds.flatMap((kind) => {
    const id = properties[answerFallbackLinks[kind]]?.trim();
    return !links[kind] && id && /^\d+$/.test(id) ? [[kind, [id]] as const] : [];
  });
  return { ...links, ...Object.fromEntries(added) };
};

/**
 * Adds what answers say themselves about their contact and ticket, where HubSpot keeps no association: anonymous surveys,
 * and support surveys linked to the contact only. Reads just the answers that lack a link.
 */
export function answerLinkReader(transport: Transport): (links: Map<RecordId, Links>) => Promise<Map<RecordId, Links>> {
  const api = new objects.BatchApi(configure(objects, transport));
  const properties = Object.values(answerFallbackLinks);
  return async (links) => {
    const lacking = [...links].flatMap(([id, held]) => (fallbackKinds.every((kind) => held[kind]) ? [] : [id]));
    for (const ids of chunks(lacking, sizes.batch)) {
      const request = { inputs: ids.map((id) => ({ id })), properties, propertiesWithHistory: [] };
      const { results } = await api.read(objectTypes.answer.path, request);
      for (const row of results) links.set(String(row.id), completed(links.get(String(row.id)) ?? {}, row.properties));
    }
    return links;
  };
}
