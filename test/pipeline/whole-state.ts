import { type Attribution, attributions } from '#domain/metrics/attribution.ts';
import { type CxRecord, compareIds, recordKinds } from '#domain/records/record.ts';
import { objectNames } from '#local/object-names.ts';
import type { CustomerKind } from '#pipeline/ports.ts';
import type { Chain } from './chain.ts';

const customerKinds: readonly CustomerKind[] = ['contact', 'company'];
const everything = { from: null, to: null, undated: true };
/**
 * Our own writes move the modified date of a customer; whether they were seen coming back, and when links were last read, is
 * a matter of time.
 */
export const comparable = ({ writtenAt: _, linkedAt: __, ...record }: CxRecord): CxRecord =>
  record.kind === 'contact' || record.kind === 'company' ? { ...record, modifiedAt: 0 } : (record as CxRecord);

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** Our own properties as the records of the portal hold them now, those without any left out. */
export const heldInHubSpot = ({ simulator }: Pick<Chain, 'simulator'>): Record<string, Record<string, string>> =>
  Object.fromEntries(
    customerKinds.flatMap((kind) =>
      simulator.portal.records[objectNames[kind]].all().flatMap(({ id, properties }) => {
        const ours = Object.entries(properties).flatMap(([name, value]) =>
          name.startsWith('cx_') && value ? [[name, value] as const] : [],
        );
        return ours.length > 0 ? [[`${kind} ${id}`, Object.fromEntries(ours)]] : [];
      }),
    ),
  );

/**
 * Everything the store keeps and what the portal shows of it, in a form that two chains can be compared by. Days that hold
 * nothing any more are as good as days that never held anything.
 */
export async function wholeState({ connector: { store }, simulator }: Pick<Chain, 'connector' | 'simulator'>) {
  const records = await Promise.all(
    recordKinds.map(async (kind) => {
      const ids = simulator.portal.records[objectNames[kind]].all().map(({ id }) => id);
      return [...(await store.readRecords(kind, ids)).values()].map(comparable).sort((a, b) => compareIds(a.id, b.id));
    }),
  );
  const days = await Promise.all(
    (Object.keys(attributions) as Attribution[]).map(async (attribution) => {
      const filed: unknown[] = [];
      for (const day of await store.daysWithFacts(attribution, everything)) {
        const facts = await store.factsOfDay({ attribution, day });
        if (facts.length > 0) filed.push({ attribution, day, facts });
      }
      const contributions = (await store.contributions(attribution, everything)).filter((each) => !isEmpty(each));
      return { filed, contributions };
    }),
  );
  return {
    records,
    days,
    customers: await Promise.all(customerKinds.map((kind) => Array.fromAsync(store.customers(kind)))),
    outbox: await Promise.all(customerKinds.map((kind) => Array.fromAsync(store.pendingWrites(kind)))),
    refusals: await Array.fromAsync(store.refusals()),
    marks: [await store.dirtyDays(), await store.dirtyCustomers()],
    held: heldInHubSpot({ simulator }),
  };
}
