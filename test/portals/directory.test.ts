import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { readPortalDirectory, writePortalDirectory } from '#local/portals/directory.ts';

const definition = {
  name: 'small',
  description: 'A portal for a test.',
  account: { portalId: 1, timeZone: 'Europe/Berlin', companyCurrency: 'EUR' },
  tier: 'professional',
  asOf: '2026-10-01T00:00:00.000Z',
};
const contact = {
  id: '901',
  properties: { email: 'a@b.example', phone: '', lastname: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-02-01T00:00:00.000Z',
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'portal-'));
});
afterEach(() => rm(dir, { recursive: true }));

const write = (name: string, ...lines: readonly unknown[]) =>
  writeFile(join(dir, name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));

describe('a portal directory', () => {
  test('holds a whole portal: written and read again it is the same', async () => {
    const { portal } = demoPortal({ scale: 0.1 });
    await writePortalDirectory(dir, portal);
    expect(await readPortalDirectory(dir)).toEqual(portal);
  });

  test('needs nothing but a portal.json: a missing file means no records of that type', async () => {
    await write('portal.json', definition);
    await write('contacts.jsonl', contact);
    const portal = await readPortalDirectory(dir);
    expect(portal.records.contacts).toEqual([{ ...contact, archived: false }]);
    expect(portal.records.tickets).toEqual([]);
    expect(portal.future).toEqual([]);
    expect(portal.definition.owners).toEqual([]);
    expect(portal.definition.pipelines.tickets[0]?.stages.map(({ label }) => label)).toContain('Waiting on us');
  });

  test('keeps texts as they are, line separators of other kinds included', async () => {
    const lastname = 'one\u2028two\nthree\r四';
    await write('portal.json', definition);
    await write('contacts.jsonl', { ...contact, properties: { lastname } }, '', { ...contact, id: '902' });
    const { records } = await readPortalDirectory(dir);
    expect(records.contacts.map(({ id }) => id)).toEqual(['901', '902']);
    expect(records.contacts[0]?.properties.lastname).toBe(lastname);
  });

  test('plays its future in order, whatever order its lines have', async () => {
    await write('portal.json', definition);
    await write('contacts.jsonl', contact);
    const event = (at: string) => ({ at, type: 'contacts', id: '901', change: 'update', properties: { phone: at } });
    await write('future.jsonl', event('2026-11-02T00:00:00.000Z'), event('2026-10-02T00:00:00Z'));
    const { future } = await readPortalDirectory(dir);
    expect(future.map(({ at }) => at)).toEqual(['2026-10-02T00:00:00.000Z', '2026-11-02T00:00:00.000Z']);
  });

  test('written over another one leaves nothing of it behind, and no temporary file', async () => {
    const { portal } = demoPortal({ scale: 0.02 });
    await writePortalDirectory(dir, portal);
    await writePortalDirectory(dir, { ...portal, records: { ...portal.records, calls: [] }, future: [] });
    const files = await readdir(dir);
    expect(files).not.toContain('calls.jsonl');
    expect(files).not.toContain('future.jsonl');
    expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
    expect(await readFile(join(dir, 'portal.json'), 'utf8')).toContain('"demo"');
  });
});

describe('the worked example of docs/portal-format.md', () => {
  test('is a portal that can be read', async () => {
    const text = await readFile(new URL('../../docs/portal-format.md', import.meta.url), 'utf8');
    const files = [...text.matchAll(/`([a-z_]+\.jsonl?)`\n\n```json\n(.*?)```/gs)];
    for (const [, name = '', content] of files) await write(name, content);
    const { definition, records, future } = await readPortalDirectory(dir);
    expect(files).toHaveLength(5);
    expect(definition.name).toBe('bakery');
    expect(records.contacts).toHaveLength(2);
    expect(future).toHaveLength(2);
  });
});

describe('a mistake in a portal directory', () => {
  const refusal = () =>
    readPortalDirectory(dir).then(
      () => 'no error',
      (error: Error) => error.message,
    );
  beforeEach(() => write('portal.json', definition));

  test('is a missing portal.json, and says what to read', async () => {
    await rm(join(dir, 'portal.json'));
    expect(await refusal()).toMatch(/portal\.json: cannot be read.*docs\/portal-format\.md/);
  });

  test.each([
    [
      'an unknown time zone',
      { ...definition, account: { ...definition.account, timeZone: 'Mars' } },
      /account\.timeZone/,
    ],
    ['a misspelt key', { ...definition, ownrs: [] }, /ownrs/],
    [
      'an invalid mapping',
      { ...definition, mappings: { deal: { amount: 'Amount!' } } },
      /"mappings".*[\s\S]*deal\.amount/,
    ],
  ])('is %s, named by its place in portal.json', async (_, json, message) => {
    await write('portal.json', json);
    expect(await refusal()).toMatch(message);
    expect(await refusal()).toContain('portal.json');
  });

  test.each([
    ['text that is not JSON', '{"id":', /not JSON/],
    ['a number where HubSpot has text', { ...contact, id: '902', properties: { visits: 3 } }, /properties\.visits/],
    ['a local time', { ...contact, id: '902', createdAt: '2026-01-01 09:00' }, /createdAt/],
    ['an unknown object type in associations', { ...contact, id: '902', associations: { people: ['1'] } }, /people/],
    ['an id that was there before', contact, /901 already stands on line 1/],
    [
      'a change after asOf',
      { ...contact, id: '902', updatedAt: '2026-10-02T00:00:00.000Z' },
      /after the portal's asOf/,
    ],
  ])('is %s, named by file and line', async (_, line, message) => {
    await write('contacts.jsonl', contact, line);
    expect(await refusal()).toMatch(message);
    expect(await refusal()).toContain('contacts.jsonl, line 2');
  });

  test('is an event that lies before asOf', async () => {
    await write('future.jsonl', { at: '2026-09-30T00:00:00.000Z', type: 'contacts', id: '901', change: 'archive' });
    expect(await refusal()).toMatch(/future\.jsonl, line 1: .*before the portal's asOf/);
  });
});
