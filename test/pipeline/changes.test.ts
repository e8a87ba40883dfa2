import { afterEach, expect, test } from 'vitest';
import type { CxRecord } from '#domain/records/record.ts';
import { applyRecords } from '#pipeline/sync/apply-records.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { type Chain, startChain, syncingOf } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { afterMove } from './moved-ticket.ts';
import { wholeState } from './whole-state.ts';

const portal = fewCustomers();

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started(): Promise<Chain> {
  const chain = await startChain(portal);
  open.push(chain);
  await chain.run();
  return chain;
}

const openedOn = async ({ connector: { store } }: Chain, day: string): Promise<string[]> =>
  (await store.factsOfDay({ attribution: 'ticket.opened', day: `2026-${day}` })).map(({ id }) => id);

async function ticketsOf({ connector: { store } }: Chain, contact: string): Promise<string[]> {
  const [customer] = await Array.fromAsync(store.customers('contact', [contact]));
  return (customer?.facts ?? []).flatMap(({ kind, id }) => (kind === 'ticket' ? [id] : []));
}

test('a ticket that moves to another day and another contact leaves nothing behind', async () => {
  const before = await started();
  expect(await openedOn(before, '08-03')).toContain('501');
  expect(await ticketsOf(before, '101')).toContain('501');

  const after = await afterMove(before, { seconds: 60, opened: '08-06', contact: '104' });
  open.push(after);
  const { pulled } = await after.run();
  expect(pulled.kinds.ticket).toMatchObject({ changed: 1 });
  expect(await openedOn(after, '08-03')).toEqual(['502']);
  expect(await openedOn(after, '08-06')).toEqual(['501']);
  expect(await ticketsOf(after, '101')).toEqual(['504']);
  expect(await ticketsOf(after, '104')).toEqual(['501', '503']);
  const companies = await Array.fromAsync(after.connector.store.customers('company', ['21']));
  expect(companies[0]?.facts.map(({ kind, id }) => `${kind} ${id}`)).not.toContain('ticket 501');
});

test('after a ticket moved everything is as if it had always been there', async () => {
  const moved = await afterMove(await started(), { seconds: 60, opened: '08-06', contact: '104' });
  open.push(moved);
  await moved.run();
  const fresh = await startChain(moved.simulator.snapshot(), { asOf: moved.asOf });
  open.push(fresh);
  await fresh.run();
  const [changed, ofItself] = [await wholeState(moved), await wholeState(fresh)];
  expect(changed.days).toEqual(ofItself.days);
  const factsOf = ({ customers }: typeof changed) =>
    customers.flat().map(({ key, self, facts }) => ({ key, self, facts }));
  expect(factsOf(changed)).toEqual(factsOf(ofItself));
});

test('an older version that comes late changes nothing', async () => {
  const chain = await started();
  const { store } = chain.connector;
  const before = await wholeState(chain);
  const known = (await store.readRecords('ticket', ['501'])).get('501') as CxRecord<'ticket'>;
  const late: CxRecord<'ticket'> = {
    ...known,
    modifiedAt: known.modifiedAt - 1,
    fields: { ...known.fields, subject: 'As it was', openedAt: 0 },
  };
  expect(await applyRecords(syncingOf(chain), [late], { relink: false })).toEqual({
    changed: 0,
    outputsOnly: 0,
    unchanged: 1,
  });
  expect(await wholeState(chain)).toEqual(before);
});

test('a version of the same moment with other values is applied', async () => {
  const chain = await started();
  const { store } = chain.connector;
  const known = (await store.readRecords('ticket', ['501'])).get('501') as CxRecord<'ticket'>;
  const other: CxRecord<'ticket'> = { ...known, fields: { ...known.fields, subject: 'Corrected' } };
  const linksOf = async () => new Map([['501', known.links]]);
  const syncing = syncingOf(chain);
  const corrected = { ...syncing, crm: { ...syncing.crm, linksOf } };
  expect(await applyRecords(corrected, [other], { relink: false })).toEqual({
    changed: 1,
    outputsOnly: 0,
    unchanged: 0,
  });
  expect(await openedOn(chain, '08-03')).toEqual(['501', '502']);
});

test('seen again without a difference nothing is computed, scored or written', async () => {
  const chain = await started();
  chain.clock.advanceTo(chain.clock.now() + safetyLag + overlap);
  await chain.run();
  const { computed, scored, written } = await chain.run();
  expect([computed.buckets, scored.scored, written.planned]).toEqual([0, 0, 0]);
});

test('our own values in another notation are no change', async () => {
  const chain = await started();
  const { store } = chain.connector;
  const contacts = await Array.fromAsync(store.customers('contact'));
  const records = await store.readRecords(
    'contact',
    contacts.map(({ key }) => key.id),
  );
  const written = [...records.values()].find(({ outputs }) => outputs.cx_scored_at && outputs.cx_open_tickets);
  if (!written) throw new Error('Nothing was written.');
  const { cx_scored_at: at = '', cx_open_tickets: open = '' } = written.outputs;
  const outputs = { ...written.outputs, cx_scored_at: String(Date.parse(at)), cx_open_tickets: `${open}.0` };
  const applied = (values: CxRecord['outputs'], seconds = 1) => {
    const modifiedAt = (written.writtenAt ?? 0) + seconds * 1000;
    return applyRecords(syncingOf(chain), [{ ...written, modifiedAt, outputs: values }], { relink: false });
  };
  expect(await applied(outputs)).toEqual({ changed: 0, outputsOnly: 0, unchanged: 1 });
  const overwritten = { ...outputs, cx_open_tickets: '99' };
  // As the index still shows it: from before our own write.
  expect(await applied(overwritten, -1)).toEqual({ changed: 0, outputsOnly: 0, unchanged: 1 });
  expect(await applied(overwritten)).toEqual({ changed: 0, outputsOnly: 1, unchanged: 0 });
});
