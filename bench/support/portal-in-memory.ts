import type { Fact, RecordId } from '#domain/records/record.ts';
import { recordKinds } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { hubSpotCrm } from '#hubspot/crm.ts';
import type { Portal } from '#local/portals/portal.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { assemble, type Customers } from '#pipeline/customers.ts';
import { placesOf } from '#pipeline/places.ts';
import type { CustomerKind, FiledCustomer } from '#pipeline/ports.ts';
import { readConfig } from '#platform/read-config.ts';

/**
 * Reads a portal through the real adapter from the simulator, limits off, and files it in memory instead of DynamoDB:
 * what the pipeline would score, in a few seconds.
 */
export async function customersOfPortal(portal: Portal): Promise<Customers> {
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock, limits: 'off' });
  const config = readConfig(portal.definition.mappings);
  const crm = hubSpotCrm({ baseUrl: simulator.url, accessToken: simulator.accessToken, config, clock });
  const zone = zoneOf(portal.definition.account.timeZone);
  const filed = { contact: new Map<RecordId, FiledCustomer>(), company: new Map<RecordId, FiledCustomer>() };

  const file = (kind: CustomerKind, id: RecordId, fact: Fact): void => {
    const known = filed[kind].get(id) ?? { key: { kind, id }, self: null, facts: [], score: null };
    const isSelf = fact.kind === kind && fact.id === id;
    filed[kind].set(
      id,
      isSelf ? { ...known, self: fact as FiledCustomer['self'] } : { ...known, facts: [...known.facts, fact] },
    );
  };

  try {
    for (const kind of recordKinds)
      for (let after: RecordId | null = null, more = true; more; ) {
        const page = await crm.recordsAfter(kind, after);
        const links = await crm.linksOf(
          kind,
          page.records.map(({ id }) => id),
        );
        for (const record of page.records) {
          const fact = { ...record, links: links.get(record.id) ?? {} };
          for (const place of placesOf(fact, zone)) if (place.in === 'customer') file(place.kind, place.id, fact);
        }
        after = page.next;
        more = page.next !== null;
      }
  } finally {
    await simulator.close();
  }
  const known = (customers: Map<RecordId, FiledCustomer>) =>
    new Map([...customers].filter(([, { self }]) => self !== null));
  return assemble(known(filed.contact), known(filed.company));
}
