import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { objectTypes, type Portal } from '#local/portals/portal.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const nothing = Object.fromEntries(objectTypes.map((type) => [type, []])) as unknown as Portal['records'];
const empty: Portal = { definition: smallPortal(0.01).definition, records: nothing, future: [] };

const mistakes: readonly (readonly [what: string, words: readonly string[], says: RegExp])[] = [
  ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'[\s\S]*--help/],
  ['an unknown option', ['run', '--fresch'], /unknown option '--fresch'[\s\S]*--fresh[\s\S]*--help/],
  ['a word too many', ['run', 'demo'], /too many arguments/],
  ['an unknown portal', ['run', '--portal', 'dmeo'], /no portal "dmeo". Known are demo,/],
  ['an unknown real data set', ['run', '--portal', 'real:cdnwo'], /real:cdnow/],
  ['an unknown window', ['run', '--portal', 'empty', '--window', 'lately'], /"lately" is not a window; use 90d,/],
  [
    'a moment ahead',
    ['run', '--portal', 'empty', '--as-of', '2027-01-01'],
    /--as-of 2027-01-01 lies after 2026-10-01T/,
  ],
  ['no moment', ['run', '--portal', 'empty', '--as-of', 'yesterday'], /"yesterday" is not a moment; use a date/],
  ['a size of nothing', ['run', '--scale', '0'], /--scale.*above 0/],
  ['no port', ['run', '--port', '70000'], /--port.*0 to 65535/],
  ['a configuration that is not there', ['run', '--portal', 'empty', '--config', 'no.ts'], /configuration file no\.ts/],
  ['a kind without scores', ['explain', 'ticket', '1'], /Allowed choices are contact, company/],
  [
    'no record',
    ['redrive', '--object', 'person/1'],
    /--object.*a kind \(.*contact.*\), or a record such as contact\/123/,
  ],
  [
    'webhooks without a secret',
    ['webhook', 'replay', 'empty/portal.json'],
    /no client secret.*\n.*HUBSPOT_CLIENT_SECRET/,
  ],
  ['webhooks from no file', ['webhook', 'replay', 'nothing.jsonl'], /nothing\.jsonl cannot be read/],
  ['a broken line', ['run', '--portal', 'broken'], /broken.contacts\.jsonl, line 2: not JSON/],
];

describe('what cannot be done', () => {
  const shop = openWorkshop();
  beforeAll(async () => {
    await shop.portal('empty', empty);
    await shop.portal('broken', empty);
    await appendFile(join(shop.directory, 'broken', 'contacts.jsonl'), '\n{"id": "1",\n');
  });

  it.each(mistakes)('%s is answered in words and with exit code 1', async (_, words, says) => {
    const { stdout, stderr, status } = await shop.cx(words);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
    expect([status, stdout]).toEqual([1, '']);
  });

  it('an empty portal is measured: nothing is, with reasons', async () => {
    const { stdout, stderr, status } = await shop.cx(['run', '--portal', 'empty', '--once']);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/\nnps +not measured +0 +\S/);
    expect(stdout).toMatch(/nobody: not enough data, or nobody qualifies/);
  });
});

describe('help', () => {
  const shop = openWorkshop();

  it.each([
    [['--help'], ['run', 'write', 'explain', 'quarantine', 'redrive', 'webhook', 'reconcile', 'tombstones', 'portal']],
    [
      ['run', '--help'],
      ['--portal', '--fresh', '--once', '--json', '--window', '--as-of', '--write', '--config'],
    ],
    [
      ['write', '--help'],
      ['--go', '--undo', '--config'],
    ],
    [
      ['explain', '--help'],
      ['contact or company', '--portal'],
    ],
    [
      ['quarantine', '--help'],
      ['--retry', '--json', '--table'],
    ],
    [
      ['redrive', '--help'],
      ['--list', '--since', '--until', '--object', '--error', '--json', '--table'],
    ],
    [
      ['webhook', 'replay', '--help'],
      ['<file>', 'HUBSPOT_CLIENT_SECRET', '--table'],
    ],
    [
      ['reconcile', '--help'],
      ['--full', '--json', '--table'],
    ],
    [
      ['tombstones', 'replay', '--help'],
      ['<file>', '--table'],
    ],
    [
      ['portal', '--help'],
      ['<directory>', '--scale'],
    ],
  ])('%j lists what there is', async (words, parts) => {
    const { stdout, stderr, status } = await shop.cx(words);
    expect([status, stderr]).toEqual([0, '']);
    for (const part of parts) expect(stdout).toContain(part);
  });
});
