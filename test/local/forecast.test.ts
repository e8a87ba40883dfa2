import { beforeAll, describe, expect, it } from 'vitest';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal();
const contacts = portal.records.contacts.filter(({ archived }) => !archived).length;

describe('cx forecast', () => {
  const shop = openWorkshop();
  beforeAll(() => shop.portal('small', portal));

  it('says what a first pull will take and reads nothing', async () => {
    const { stdout, status } = await shop.cx(['forecast', '--portal', 'small']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^To read +[\d,]+ records: \d+ calls \(less than 0\.1 % of a day's\), less than a minute/);
    expect(stdout).toMatch(new RegExp(`contacts +${contacts} +1 +0 +1 +frugal`));
    expect(stdout).toMatch(/would charge less than \$0\.01 once.*\n.*prices of us-east-1 as of 20\d\d-\d\d/);
  });

  it('prints one JSON document, and in the mode that is asked for', async () => {
    const { stdout } = await shop.cx(['forecast', '--portal', 'small', '--backfill', 'fast', '--json']);
    const { chosen, modes, kinds } = JSON.parse(stdout);
    expect(chosen).toEqual(modes.fast);
    expect(kinds.find(({ kind }: { kind: string }) => kind === 'contact')).toMatchObject({
      records: contacts,
      mode: 'fast',
    });
  });

  it('is printed before a run that reads the portal the first time, and not again', async () => {
    const first = await shop.cx(['run', '--portal', 'small', '--once', '--backfill', 'fast']);
    const second = await shop.cx(['run', '--portal', 'small', '--once']);
    expect(first.stderr).toMatch(/^To read .*\n[\s\S]*pull contact/);
    expect(first.stdout).toMatch(/Calls .*\d+ list/);
    expect([second.status, second.stderr.includes('To read')]).toEqual([0, false]);
    const { stdout } = await shop.cx(['forecast', '--portal', 'small']);
    expect(stdout).toBe('Everything was read before: the next pull reads what changed since.\n');
  });
});
