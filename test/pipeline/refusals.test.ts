import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PropertyDefinition } from '#local/portals/portal.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import type { RefusedWrite } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { safetyLag } from '#pipeline/sync/syncing.ts';
import { undoWrites } from '#pipeline/undo-writes.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { releaseWriting } from '#pipeline/writing-hold.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';
import { heldInHubSpot } from './whole-state.ts';

const portal = fewCustomers({ write: { canary: 2 } });
const band = 'cx_health_band';
const day = 24 * 3_600_000;

let chain: Chain;
beforeEach(async () => {
  chain = await startChain(portal);
});
afterEach(() => chain.close());

/** A person edits the options of our band property; answers how to put them back. */
function withoutOptions(): () => void {
  const registries = [chain.simulator.portal.properties.contacts, chain.simulator.portal.properties.companies];
  const before = registries.map((registry) => registry.find(band) as PropertyDefinition);
  const define = (options: PropertyDefinition['options']): void => {
    for (const [index, registry] of registries.entries())
      registry.define(
        { ...(before[index] as PropertyDefinition), options: options ?? before[index]?.options ?? [] },
        { at: portal.definition.asOf },
      );
  };
  define([{ label: 'Other', value: 'other' }]);
  return () => define(undefined);
}

/** A person changes a contact, and HubSpot's search shows it. */
function edit(id: string, properties: Record<string, string>): void {
  const at = chain.clock.now() + 1000;
  chain.simulator.portal.update('contacts', id, properties, new Date(at).toISOString());
  chain.clock.advanceTo(at + safetyLag);
}

const refusals = (): Promise<RefusedWrite[]> => Array.fromAsync(chain.connector.store.refusals());
const waiting = async (): Promise<number> => (await writeBack(chain.connector, { mode: 'plan' })).planned;

describe('a write HubSpot refuses', () => {
  test('is shown with cause and remedy until the record is written', async () => {
    await chain.run();
    const before = heldInHubSpot(chain);
    const restore = withoutOptions();
    edit('101', { [band]: '', cx_last_nps: '1' });
    const { written } = await chain.run();
    const refusal = {
      kind: 'contact',
      id: '101',
      code: 'INVALID_OPTION',
      because: `${band} does not offer the option`,
      remedy: expect.stringContaining('Add the option again'),
    };
    expect(written).toMatchObject({ planned: 1, written: 0, refused: [refusal] });
    expect(await refusals()).toMatchObject([refusal]);
    expect(await waiting()).toBe(0);

    restore();
    edit('101', { cx_last_nps: '2' });
    expect((await chain.run()).written).toMatchObject({ planned: 1, written: 1, refused: [] });
    expect(await refusals()).toEqual([]);
    expect(heldInHubSpot(chain)).toEqual(before);
  });

  test('because somebody archived the property does not happen: it is created again', async () => {
    await chain.run();
    const before = heldInHubSpot(chain);
    chain.simulator.portal.properties.contacts.archive('cx_last_nps', portal.definition.asOf);
    edit('101', { cx_health_score: '1' });
    const { written } = await chain.run();
    expect(written).toMatchObject({ refused: [], provisioned: ['contacts.cx_last_nps'] });
    expect(heldInHubSpot(chain)).toEqual(before);
  });
});

describe('a first write that is mostly refused', () => {
  test('stops at the canary: nothing else is sent, and nothing is lost', async () => {
    await chain.connector.crm.provisionOutputs(['contact', 'company']);
    const restore = withoutOptions();
    const calls = () => chain.connector.crm.calls().byKind['write'] ?? 0;
    const before = calls();
    await expect(chain.run()).rejects.toMatchObject({
      name: 'HubSpotRefusedError',
      message: expect.stringMatching(/2 of the first 2 company records were refused, so nothing else was sent/),
      remedy: expect.stringContaining('Add the option again'),
    });
    expect(calls() - before).toBe(1);
    expect(heldInHubSpot(chain)).toEqual({});
    expect(await refusals()).toHaveLength(2);
    const left = await waiting();

    await expect(writeBack(chain.connector, { mode: 'write' })).rejects.toThrow(/2 of the first 2 company records/);
    expect(await waiting()).toBe(left);

    restore();
    expect(await writeBack(chain.connector, { mode: 'write' })).toMatchObject({ planned: left, written: left });
    expect(Object.keys(heldInHubSpot(chain))).toHaveLength(left);
    expect(await refusals()).toEqual([]);
  });
});

describe('a bad record among few', () => {
  test('never stops the others: the canary looks for what is wrong with all of them', async () => {
    await chain.run();
    const before = heldInHubSpot(chain);
    edit('101', { cx_health_score: '1' });
    edit('102', { cx_health_score: '1' });
    await pullChanges(chain.connector);
    chain.simulator.portal.archive('contacts', '101', new Date(chain.clock.now()).toISOString());
    await chain.connector.store.saveState('canary passed#contact', false);
    await scoreCustomers(chain.connector, { asOf: chain.asOf });
    const { written, refused } = await writeBack(chain.connector, { mode: 'write' });
    expect({ written, refused: refused.map(({ id, code }) => [id, code]) }).toEqual({
      written: 1,
      refused: [['101', 'NOT_WRITTEN']],
    });
    expect(heldInHubSpot(chain)['contact 102']).toEqual(before['contact 102']);
    expect(before['contact 102']).toBeDefined();
  });
});

describe('undoing', () => {
  /** Writes until the process dies right after HubSpot has taken a batch. */
  async function writeUntilCutOff(): Promise<void> {
    const died = new Error('The process died');
    const { crm } = chain.connector;
    let batches = 0;
    const write: typeof crm.write = async (kind, writes) => {
      const outcomes = await crm.write(kind, writes);
      if (++batches < 2) return outcomes;
      throw died;
    };
    await expect(writeBack({ ...chain.connector, crm: { ...crm, write } }, { mode: 'write' })).rejects.toBe(died);
  }

  test('a run that was cut off puts back what it wrote, and holds all writing until a person lets it go on', async () => {
    await pullChanges(chain.connector);
    await computeMetrics(chain.connector, { asOf: chain.asOf });
    const { queued } = await scoreCustomers(chain.connector, { asOf: chain.asOf });
    await writeUntilCutOff();
    const written = Object.keys(heldInHubSpot(chain));
    expect(written.length).toBeGreaterThan(2);
    expect(written.length).toBeLessThan(queued);

    expect(await undoWrites(chain.connector)).toMatchObject({ restored: written.length, refused: [] });
    expect(heldInHubSpot(chain)).toEqual({});
    expect(await undoWrites(chain.connector)).toMatchObject({ run: null });

    expect(await writeBack(chain.connector, { mode: 'write' })).toMatchObject({ written: 0, held: true });
    chain.clock.advanceTo(chain.asOf + day);
    await scoreCustomers(chain.connector, { asOf: chain.asOf + day });
    expect(await writeBack(chain.connector, { mode: 'write' })).toMatchObject({ written: 0, held: true });
    expect(heldInHubSpot(chain)).toEqual({});

    await releaseWriting(chain.connector.store);
    await scoreCustomers(chain.connector, { asOf: chain.asOf + day });
    expect(await writeBack(chain.connector, { mode: 'write' })).toMatchObject({ held: false, refused: [] });
    expect(Object.keys(heldInHubSpot(chain))).toEqual(expect.arrayContaining(written));
  });

  test('needs the token of the portal that was written to', async () => {
    await chain.run();
    const before = heldInHubSpot(chain);
    const { definition } = portal;
    const other = await startChain({
      ...portal,
      definition: { ...definition, account: { ...definition.account, portalId: 99 } },
    });
    await expect(undoWrites({ ...chain.connector, crm: other.connector.crm })).rejects.toThrow(/portal 99/);
    expect(heldInHubSpot(chain)).toEqual(before);
    await other.close();
  });
});
