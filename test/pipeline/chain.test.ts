import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseWindow } from '#domain/metrics/window.ts';
import { recordKinds } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { objectNames } from '#local/object-names.ts';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { objectTypes } from '#local/portals/portal.ts';
import { measurePortal } from '#pipeline/measure-portal.ts';
import { overlap, safetyLag } from '#pipeline/sync/syncing.ts';
import { undoWrites } from '#pipeline/undo-writes.ts';
import { startChain } from './chain.ts';

const { portal } = demoPortal({ seed: 7, scale: 0.1 });
const asOf = Date.parse(portal.definition.asOf);

describe('the whole chain', () => {
  let chain: Awaited<ReturnType<typeof startChain>>;
  let first: Awaited<ReturnType<typeof chain.run>>;
  beforeAll(async () => {
    chain = await startChain(portal);
    first = await chain.run();
  });
  afterAll(() => chain.close());

  const held = (): string =>
    JSON.stringify(
      (['contacts', 'companies'] as const).map((type) =>
        chain.simulator.portal.records[type]
          .all()
          .map(({ id, properties }) => [
            id,
            Object.entries(properties).filter(([name, value]) => name.startsWith('cx_') && value),
          ]),
      ),
    );

  it('stores every record of the portal', async () => {
    for (const kind of recordKinds)
      expect(await chain.connector.store.countRecords(kind), kind).toBe(
        portal.records[objectNames[kind]].filter(({ archived }) => !archived).length,
      );
    expect(objectTypes).toHaveLength(recordKinds.length);
  });

  it('stays within HubSpot’s limits: no call is answered 429', () => {
    expect(chain.simulator.statuses[429] ?? 0).toBe(0);
  });

  it('writes scores that CRM users see on the record', () => {
    expect(first.written.written).toBeGreaterThan(50);
    expect(first.written.refused).toEqual([]);
    expect(held()).toContain('cx_health_score');
  });

  it('does nothing the second and third time', async () => {
    const before = held();
    for (const _ of ['second', 'third']) {
      const again = await chain.run();
      expect(again.written).toMatchObject({ planned: 0, written: 0 });
      expect(again.calls).toBeLessThanOrEqual(recordKinds.length + Math.ceil(first.written.written / 200) + 2);
    }
    expect(held()).toBe(before);
  });

  it('recognises its own writes when HubSpot shows them as changes', async () => {
    chain.clock.advanceTo(chain.clock.now() + safetyLag + overlap);
    const { pulled, scored, written } = await chain.run();
    const seen = (pulled.kinds.contact?.seen ?? 0) + (pulled.kinds.company?.seen ?? 0);
    expect(seen).toBe(first.written.written);
    expect(pulled.kinds.contact).toMatchObject({ changed: 0, outputsOnly: 0 });
    expect(pulled.kinds.company).toMatchObject({ changed: 0, outputsOnly: 0 });
    expect([scored.scored, written.planned]).toEqual([0, 0]);
  });

  it('writes again what a person overwrote', async () => {
    const [contact] = chain.simulator.portal.records.contacts
      .all()
      .filter(({ properties }) => properties.cx_health_score);
    const before = held();
    const at = chain.clock.now() + 1000;
    chain.clock.advanceTo(at);
    chain.simulator.portal.update('contacts', contact?.id ?? '', { cx_health_score: '1' }, new Date(at).toISOString());
    chain.clock.advanceTo(at + safetyLag);
    const { written } = await chain.run();
    expect(written).toMatchObject({ planned: 1, written: 1 });
    expect(held()).toBe(before);
  });

  it('measures the same from kept contributions as from the facts themselves', async () => {
    const window = parseWindow('90d', { asOf, zone: zoneOf(portal.definition.account.timeZone) });
    const kept = await measurePortal(chain.connector, { window, asOf });
    await chain.connector.store.saveState('contributions as of', asOf - 1);
    expect(await measurePortal(chain.connector, { window, asOf })).toEqual(kept);
    await chain.connector.store.saveState('contributions as of', asOf);
  });

  it('puts back what the properties held before, when told to undo', async () => {
    while ((await undoWrites(chain.connector)).run !== null);
    expect(held()).not.toContain('cx_');
    expect((await chain.run()).written.planned).toBe(0);
  });
});

describe('a store', () => {
  it('refuses the token of another portal', async () => {
    const chain = await startChain(portal);
    const other = await startChain({
      ...portal,
      definition: { ...portal.definition, account: { ...portal.definition.account, portalId: 99 } },
    });
    await chain.run();
    const { pullChanges } = await import('#pipeline/pull-changes.ts');
    await expect(pullChanges({ ...chain.connector, crm: other.connector.crm })).rejects.toThrow(/portal 99/);
    await chain.close();
    await other.close();
  });
});
