import type { Connector } from './connector.ts';
import type { CustomerKind, PropertyWrite, WriteOutcome } from './ports.ts';

/** Who carries scores, in the order they are written. */
export const customerKinds: readonly CustomerKind[] = ['company', 'contact'];

/** Sends writes; where a property of ours was archived in HubSpot it is created again, and what lacked it is sent once more. */
export async function sendWrites(connector: Connector, kind: CustomerKind, writes: readonly PropertyWrite[]) {
  const { crm } = connector;
  const send = async (these: readonly PropertyWrite[]): Promise<readonly WriteOutcome[]> =>
    these.length > 0
      ? crm.write(
          kind,
          these.map(({ id, properties }) => ({ id, properties })),
        )
      : [];
  const outcomes = await send(writes);
  const lacking = new Set(
    outcomes.flatMap((outcome) => (outcome.status === 'refused' && outcome.lacksProperty ? [outcome.id] : [])),
  );
  if (lacking.size === 0) return { outcomes, provisioned: [] };
  const provisioned = await connector.crm.provisionOutputs([kind]);
  const again = await send(writes.filter(({ id }) => lacking.has(id)));
  return { outcomes: [...outcomes.filter(({ id }) => !lacking.has(id)), ...again], provisioned };
}

const provisionedState = 'outputs provisioned';
/** Somebody may archive a property; a write says so, and so does a look now and then. */
const provisionEveryMs = 60 * 60_000;

/** Creates our properties where they are missing; looks for them once an hour. Answers what it created. */
export async function provisionOutputs({ crm, store, clock }: Connector): Promise<readonly string[]> {
  const last = await store.readState<number>(provisionedState);
  if (last !== null && last > clock.now() - provisionEveryMs) return [];
  const created = await crm.provisionOutputs(customerKinds);
  await store.saveState(provisionedState, clock.now());
  return created;
}
