import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Portal } from '#local/portals/portal.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import type { ConnectorConfigInput } from '#platform/config.ts';
import { systemClock } from '#platform/system-clock.ts';
import { printedReport } from './report-schema.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.02);
const simulators: Simulator[] = [];
afterAll(() => Promise.all(simulators.map((simulator) => simulator.close())));

/** A HubSpot account of somebody's, as far as the command line can tell; `limits` off, so that time is not the subject. */
async function account(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ portal, clock: systemClock, limits: 'off', ...options });
  simulators.push(simulator);
  return simulator;
}

const access = ({ url, accessToken }: Simulator, token = accessToken) => ({
  HUBSPOT_BASE_URL: url,
  HUBSPOT_ACCESS_TOKEN: token,
});

/** What our properties hold, by record and name. */
const held = ({ portal: { records } }: Simulator): Record<string, string> =>
  Object.fromEntries(
    (['companies', 'contacts'] as const).flatMap((type) =>
      records[type]
        .all()
        .flatMap(({ id, properties }) =>
          Object.entries(properties).flatMap(([name, value]) =>
            name.startsWith('cx_') && value ? [[`${type} ${id} ${name}`, value]] : [],
          ),
        ),
    ),
  );

const ownProperties = (simulator: Simulator): string[] =>
  Object.values(simulator.snapshot().definition.properties).flatMap((list) =>
    (list ?? []).map(({ name }) => name).filter((name) => name.startsWith('cx_')),
  );

describe('a real portal', () => {
  const shop = openWorkshop();
  let hubspot: Simulator;
  let plan: number;
  beforeAll(async () => {
    hubspot = await account();
  });

  it('is pulled and computed, and nothing is written without being asked', async () => {
    const { stdout, stderr, status } = await shop.cx(['run', '--once'], access(hubspot));
    expect(status, stderr).toBe(0);
    plan = Number(/^Writes +(\d+) records to write, 0 written/m.exec(stdout)?.[1]);
    expect(plan).toBeGreaterThan(3);
    expect(stdout).toMatch(/^To write +npm run cx -- write shows the plan, npm start -- --write writes it$/m);
    expect(stdout).not.toContain('To undo');
    expect(stdout + stderr).not.toContain(hubspot.accessToken);
    expect(hubspot.calls.write).toBe(0);
    expect(ownProperties(hubspot)).toEqual([]);
  });

  it('shows the plan with cx write, still without writing', async () => {
    const { stdout, status } = await shop.cx(['write'], access(hubspot));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(contact|company) \d+ {2}\S/);
    expect(stdout).toMatch(/^ {4}cx_churn_risk_band: \w+$/m);
    expect(stdout).toContain(`${plan} records wait to be written`);
    expect([hubspot.calls.write, ownProperties(hubspot)]).toEqual([0, []]);
  });

  it('is written with cx write --go, once', async () => {
    const { stdout, status } = await shop.cx(['write', '--go'], access(hubspot));
    expect(status).toBe(0);
    expect(stdout).toContain(`${plan} records written, 0 refused.`);
    const names = Object.keys(held(hubspot));
    expect(new Set(names.map((name) => name.split(' ').slice(0, 2).join(' '))).size).toBe(plan);
    const again = await shop.cx(['write', '--go'], access(hubspot));
    expect(again.stdout).toContain('0 records written, 0 refused.');
    expect((await shop.cx(['write'], access(hubspot))).stdout).toBe(
      '0 records wait to be written. Nothing was sent.\n',
    );
  });

  it('gets back what it held before with cx write --undo, as far as there are writings', async () => {
    const undo = await shop.cx(['write', '--undo'], access(hubspot));
    expect(undo.stdout).toMatch(new RegExp(`^Undid the writing of \\S+Z: ${plan} records restored, 0 refused\\.`));
    expect(undo.stdout).toContain('Nothing is written again until');
    expect(held(hubspot)).toEqual({});
    expect((await shop.cx(['write', '--undo'], access(hubspot))).stdout).toBe('There is no writing to undo.\n');
  });

  it('is written with --write', async () => {
    const { stdout, stderr, status } = await shop.cx(['run', '--json', '--fresh', '--write'], access(hubspot));
    expect(status, stderr).toBe(0);
    expect(printedReport(stdout).writeBack).toMatchObject({ planned: plan, written: plan, refused: 0 });
    expect(Object.keys(held(hubspot)).length).toBeGreaterThan(plan);
  });

  it('is never mixed with another one', async () => {
    const other = await account({
      portal: {
        ...portal,
        definition: { ...portal.definition, account: { ...portal.definition.account, portalId: 99 } },
      } satisfies Portal,
    });
    for (const words of [
      ['run', '--once', '--write'],
      ['write', '--go'],
      ['write', '--go'],
      ['write', '--undo'],
    ]) {
      const { stderr, status } = await shop.cx(words, access(other));
      expect([words, status]).toEqual([words, words[1] === '--go' ? status : 1]);
      if (status === 1) expect(stderr).toMatch(/holds the data of HubSpot portal 240900001, .* portal 99/);
    }
    expect(other.calls.write).toBe(0);
  });
});

describe('a real portal that refuses', () => {
  const shop = openWorkshop();
  const refusal = async (simulator: Simulator, words: string[], token?: string): Promise<string> => {
    const { stdout, stderr, status } = await shop.cx([...words, '--fresh'], access(simulator, token));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
    return stderr;
  };
  const scopes = ['contacts', 'companies', 'deals', 'subscriptions', 'feedback_submissions'].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.schemas.${name}.read`,
  ]);
  const granted = [...scopes, 'tickets', 'crm.objects.owners.read'];

  it('because of the token: says so, and where to get one', async () => {
    const stderr = await refusal(await account(), ['run', '--json'], 'pat-wrong');
    expect(stderr).toMatch(
      /HubSpot did not accept the access token.*\n.*HUBSPOT_ACCESS_TOKEN.*Settings > Integrations/,
    );
    expect(stderr).not.toContain('pat-wrong');
  });

  it('survey answers for a scope: goes on without them, and names the scope and where to grant it', async () => {
    const without = granted.filter((scope) => scope !== 'crm.objects.feedback_submissions.read');
    const hubspot = await account({ scopes: without });
    const { stdout, stderr, status } = await shop.cx(['run', '--once', '--fresh'], access(hubspot));
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(
      /^Not pulled feedback_submissions: .*crm\.objects\.feedback_submissions\.read.*Settings > Int/m,
    );
    expect(stdout).toMatch(/^nps +not measured +0 +.*crm\.objects\.feedback_submissions\.read/m);
    expect(stdout).toMatch(/^ticket-volume +\d/m);
  });

  it('writes for a scope: names it and where to grant it, and writes nothing', async () => {
    const hubspot = await account({ scopes: granted });
    const stderr = await refusal(hubspot, ['run', '--json', '--write']);
    expect(stderr).toMatch(/crm\.schemas\.(companies|contacts)\.write[\s\S]*Grant .* under Settings > Integrations/);
    expect(held(hubspot)).toEqual({});
  });

  it('a property that the configuration names and the portal lacks: names it and where to mend it', async () => {
    const config = {
      customer: { until: [{ on: 'contact', property: 'custmer_until' }] },
    } satisfies ConnectorConfigInput;
    await writeFile(join(shop.directory, 'typo.config.ts'), `export default ${JSON.stringify(config)};\n`);
    const stderr = await refusal(await account(), ['run', '--json', '--config', 'typo.config.ts']);
    expect(stderr).toMatch(/contacts\.custmer_until[\s\S]*connector\.config\.ts/);
  });

  it('a field that the configuration does not have: names it', async () => {
    await writeFile(join(shop.directory, 'field.config.ts'), 'export default { customers: {} };\n');
    const stderr = await refusal(await account(), ['run', '--json', '--config', 'field.config.ts']);
    expect(stderr).toMatch(/configuration is not valid[\s\S]*customers/);
  });

  it('nothing once its properties are named as they are: retention is measured then', async () => {
    const hubspot = await account();
    const customer = portal.definition.mappings.customer as ConnectorConfigInput['customer'];
    await writeFile(join(shop.directory, 'good.config.ts'), `export default ${JSON.stringify({ customer })};\n`);
    const plain = await shop.cx(['run', '--json', '--fresh', '--window', 'all'], access(hubspot));
    const mapped = await shop.cx(['run', '--json', '--window', 'all', '--config', 'good.config.ts'], access(hubspot));
    const retention = (stdout: string) => printedReport(stdout).metrics['customer-retention-cohort'];
    expect(retention(plain.stdout)).toMatchObject({ value: null });
    expect(retention(mapped.stdout)?.because ?? '').not.toBe(retention(plain.stdout)?.because);
    expect(hubspot.calls.write).toBe(0);
  });
});
