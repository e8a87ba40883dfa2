import { afterEach, expect, test } from 'vitest';
import { parseWindow } from '#domain/metrics/window.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { measurePortal } from '#pipeline/measure-portal.ts';
import { type Chain, type ChainOptions, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { heldInHubSpot } from './whole-state.ts';

const portal = fewCustomers();
const everyOtherScope = [
  'oauth',
  'tickets',
  ...['contacts', 'companies', 'deals', 'subscriptions'].map((name) => `crm.objects.${name}.read`),
  ...['contacts', 'companies'].flatMap((name) => [
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.read`,
    `crm.schemas.${name}.write`,
  ]),
  'crm.schemas.deals.read',
];

const open: Chain[] = [];
const started = async (options: ChainOptions): Promise<Chain> => {
  const chain = await startChain(portal, options);
  open.push(chain);
  return chain;
};
afterEach(async () => {
  // A table's owner goes last.
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function figures({ connector, asOf }: Chain) {
  const window = parseWindow('90d', { asOf, zone: zoneOf(portal.definition.account.timeZone) });
  return new Map((await measurePortal(connector, { window, asOf })).map(({ key, measurement }) => [key, measurement]));
}

test.for([
  ['a tier without surveys', { tier: 'starter' }],
  ['a token without the scope of surveys', { scopes: everyOtherScope }],
] as const satisfies readonly (readonly [string, ChainOptions])[])(
  'with %s everything else is pulled, scored and written, and survey metrics say why they are missing',
  async ([, options]) => {
    const chain = await started(options);
    const { pulled, written } = await chain.run();
    expect(pulled.done).toBe(true);
    expect(pulled.kinds.answer).toMatchObject({
      seen: 0,
      unavailable: expect.stringContaining('feedback_submissions'),
    });
    for (const kind of ['company', 'contact', 'deal', 'ticket'] as const)
      expect(pulled.kinds[kind], kind).toMatchObject({ unavailable: null, changed: expect.toSatisfy((n) => n > 0) });
    expect(written.written).toBe(Object.keys(heldInHubSpot(chain)).length);
    expect(written.written).toBeGreaterThan(3);

    const measured = await figures(chain);
    expect(measured.get('nps')).toMatchObject({
      status: 'not_measured',
      because: expect.stringMatching(/feedback_submissions.*Grant/),
    });
    expect(measured.get('ticket-volume')).toMatchObject({ status: 'measured', value: 4 });
  },
);

test('surveys come in with the next run once they are granted', async () => {
  const without = await started({ tier: 'starter' });
  await without.run();
  const granted = await started({ table: without.table, clock: without.clock });
  const { pulled } = await granted.run();
  expect(pulled.kinds.answer).toMatchObject({ changed: 4, unavailable: null });
  expect((await figures(granted)).get('nps')).toMatchObject({ n: 3 });
});

test('a wrong token fails at once, says what to do, and stores nothing', async () => {
  const chain = await started({ token: 'pat-local-mistyped' });
  await expect(chain.run()).rejects.toMatchObject({
    name: 'HubSpotRefusedError',
    status: 401,
    remedy: expect.stringContaining('HUBSPOT_ACCESS_TOKEN'),
  });
  expect(await chain.connector.store.readState('account')).toBeNull();
  expect(await chain.connector.store.countRecords('contact')).toBe(0);
});

const withoutCompanies = [...everyOtherScope, 'crm.objects.feedback_submissions.read'].filter(
  (scope) => scope !== 'crm.objects.companies.read',
);

test('without the scope of companies their people, deals and tickets are pulled all the same', async () => {
  const chain = await started({ scopes: withoutCompanies });
  const { pulled } = await chain.run();
  expect(pulled.kinds.company).toMatchObject({ unavailable: expect.stringContaining('crm.objects.companies.read') });
  for (const kind of ['contact', 'deal', 'ticket'] as const)
    expect(pulled.kinds[kind], kind).toMatchObject({ unavailable: null, changed: expect.toSatisfy((n) => n > 0) });
});

test('links to companies come in once their scope is granted', async () => {
  const links = async ({ connector }: Chain) => {
    const found = await Array.fromAsync(connector.store.customers('contact'));
    return found.flatMap(({ self }) => self?.links.company ?? []);
  };
  const without = await started({ scopes: withoutCompanies });
  await without.run();
  expect(await links(without)).toEqual([]);
  const granted = await started({ table: without.table, clock: without.clock });
  await granted.run();
  await granted.run();
  expect((await links(granted)).length).toBeGreaterThan(0);
});
