import { afterEach, expect, test } from 'vitest';
import { recordKinds } from '#domain/records/record.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { Died } from './mortal.ts';
import { wholeState } from './whole-state.ts';

const minute = 60_000;
const hour = 60 * minute;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started(mappings: object = {}): Promise<Chain> {
  const chain = await startChain(fewCustomers({ ...mappings }));
  open.push(chain);
  await chain.run();
  return chain;
}

const now = ({ clock }: Chain): string => new Date(clock.now()).toISOString();

/** Lets time pass and pulls. */
async function after(chain: Chain, ms: number) {
  chain.clock.advanceTo(chain.clock.now() + ms);
  return pullChanges(chain.connector);
}

const idsOf = async ({ connector: { store } }: Chain) =>
  Object.fromEntries(
    await Promise.all(
      recordKinds.map(async (kind) => [kind, await store.recordIds(kind, { after: null, upTo: null })] as const),
    ),
  );

const contactsOf = async ({ connector: { store } }: Chain, ticket: string) =>
  (await store.readRecords('ticket', [ticket])).get(ticket)?.links.contact;

/** What a chain of the same portal holds that never saw it otherwise. */
async function sameAsFresh(chain: Chain): Promise<void> {
  const fresh = await startChain(chain.simulator.snapshot(), { asOf: chain.asOf });
  open.push(fresh);
  await chain.run();
  await fresh.run();
  const [seen, ofItself] = [await wholeState(chain), await wholeState(fresh)];
  expect(await idsOf(chain)).toEqual(await idsOf(fresh));
  const read = ({ records }: typeof seen) =>
    records.map((list) => list.map(({ id, fields, links }) => ({ id, fields, links })));
  expect(read(seen)).toEqual(read(ofItself));
  expect(seen.days.map(({ filed }) => filed)).toEqual(ofItself.days.map(({ filed }) => filed));
  const factsOf = ({ customers }: typeof seen) =>
    customers.map((list) =>
      list.filter(({ self, facts }) => self || facts.length > 0).map(({ key, self, facts }) => ({ key, self, facts })),
    );
  expect(factsOf(seen)).toEqual(factsOf(ofItself));
}

test('an archived contact leaves within the hour, its tickets lose the link, and its score goes', async () => {
  const chain = await started();
  chain.simulator.portal.archive('contacts', '101', now(chain));
  expect((await after(chain, hour)).found).toMatchObject({ archived: 1, erased: 0 });
  expect((await idsOf(chain)).contact).toEqual(['102', '103', '104', '105']);
  expect(await contactsOf(chain, '501')).toBeUndefined();
  expect(await Array.fromAsync(chain.connector.store.customers('contact', ['101']))).toEqual([]);
  await sameAsFresh(chain);
});

test('a restored contact comes back with its tickets, whether the restore moves its modified date or not', async () => {
  for (const touch of [false, true]) {
    const chain = await started();
    chain.simulator.portal.archive('contacts', '101', now(chain));
    await after(chain, hour);
    chain.simulator.portal.restore('contacts', '101', now(chain), { touch });
    const { found } = await after(chain, touch ? minute : hour);
    expect(found.returned).toBe(touch ? 0 : 1);
    expect((await idsOf(chain)).contact).toContain('101');
    expect(await contactsOf(chain, '501')).toEqual(['101']);
    await sameAsFresh(chain);
  }
});

test('a crash while a record departs leaves it filed where it belongs when somebody restores it first', async () => {
  const chain = await started();
  const { connector, simulator, clock } = chain;
  simulator.portal.archive('contacts', '101', now(chain));
  clock.advanceTo(clock.now() + hour);
  const departRecords = () => Promise.reject(new Died('The process died'));
  const dying = { ...connector, store: { ...connector.store, departRecords } };
  await expect(pullChanges(dying)).rejects.toThrow(Died);
  simulator.portal.restore('contacts', '101', now(chain));
  await after(chain, hour);
  await sameAsFresh(chain);
});

test('a merge gives the survivor a new id, and tickets, metrics and scores follow it', async () => {
  const chain = await started();
  const { id } = chain.simulator.portal.merge('contacts', '101', '103', now(chain));
  await after(chain, minute);
  expect((await idsOf(chain)).contact).toEqual(['102', '104', '105', id]);
  expect(await contactsOf(chain, '501')).toEqual([id]);
  expect(await contactsOf(chain, '502')).toEqual([id]);
  await sameAsFresh(chain);
});

test('a merge chain of three, then archived, restored and erased for privacy, leaves ids alone', async () => {
  const chain = await started();
  const { portal } = chain.simulator;
  const first = portal.merge('contacts', '101', '102', now(chain)).id;
  const second = portal.merge('contacts', first, '103', now(chain)).id;
  await after(chain, minute);
  const third = portal.merge('contacts', second, '104', now(chain)).id;
  await after(chain, minute);
  expect((await idsOf(chain)).contact).toEqual(['105', third]);
  portal.archive('contacts', third, now(chain));
  await after(chain, hour);
  expect((await idsOf(chain)).contact).toEqual(['105']);
  portal.restore('contacts', third, now(chain));
  await after(chain, hour);
  expect(await contactsOf(chain, '503')).toEqual([third]);
  await sameAsFresh(chain);

  portal.erase('contacts', third, now(chain));
  await after(chain, 24 * hour);
  await after(chain, hour);
  expect((await idsOf(chain)).contact).toEqual(['105']);
  const departed = await chain.connector.store.departures('contact', ['101', '102', '103', '104', second, third]);
  expect([...departed.values()].map(({ id, why }) => `${id} ${why}`)).toEqual([
    ...['101', '102', '103', '104', second].map((each) => `${each} merged`),
    `${third} erased`,
  ]);
  await sameAsFresh(chain);
});

test('changes of associations alone, of calculated properties and of pipelines are found without a modified date', async () => {
  const chain = await started({ sync: { rereadEveryHours: 4 } });
  const { portal } = chain.simulator;
  portal.disassociate('tickets', '501', 'contacts', '101');
  portal.associate('tickets', '501', 'contacts', '104');
  portal.recalculate('contacts', '105', { lifecyclestage: 'customer' }, now(chain));
  portal.changeStage(
    { type: 'tickets', pipeline: '0', stage: '1' },
    { isClosed: 'true', ticketState: 'CLOSED' },
    now(chain),
  );
  await after(chain, 5 * hour);
  const { store } = chain.connector;
  expect(await contactsOf(chain, '501')).toEqual(['104']);
  expect((await store.readRecords('contact', ['105'])).get('105')?.fields).toMatchObject({ isCustomer: true });
  expect((await store.readRecords('ticket', ['502'])).get('502')?.fields).toMatchObject({ isClosed: true });
});

test('a late row of the search index does not bring back what departed', async () => {
  const searchIndex = { seed: 1, lagMs: { usual: [50 * minute, 60 * minute] }, staleRows: 1 } as const;
  const chain = await startChain(fewCustomers({ sync: { archivedEveryMinutes: 10 } }), { searchIndex });
  open.push(chain);
  await chain.run();
  chain.simulator.portal.update('contacts', '101', { firstname: 'Zoë' }, now(chain));
  chain.simulator.portal.archive('contacts', '101', now(chain));
  await after(chain, 11 * minute);
  expect((await idsOf(chain)).contact).not.toContain('101');
  for (const _ of [1, 2, 3]) await after(chain, 20 * minute);
  expect((await idsOf(chain)).contact).not.toContain('101');
});
