import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Day } from '#hubspot/day-budget.ts';
import type { Pace } from '#hubspot/pace.ts';
import { type EmbeddedDynamoDb, startDynamoDb } from '#local/dynamodb.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { soleRun } from '#pipeline/sole-run.ts';
import { systemClock } from '#platform/system-clock.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import { driftSchema } from './report-schema.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.02);
const live = portal.records.contacts.filter(({ archived }) => !archived);
const [gone, left] = [live[2]?.id ?? '', live[4]?.id ?? ''];

const shop = openWorkshop();
const file = (name: string): string => join(shop.directory, name);
let hubspot: Simulator;
const cxWith = (environment: Readonly<Record<string, string>>, ...words: string[]) =>
  shop.cx(words, { HUBSPOT_BASE_URL: hubspot.url, HUBSPOT_ACCESS_TOKEN: hubspot.accessToken, ...environment });
const cx = (...words: string[]) => cxWith({}, ...words);
beforeAll(async () => {
  hubspot = await startSimulator({ portal, clock: systemClock, limits: 'off' });
  expect((await cx('run', '--once')).status).toBe(0);
});
afterAll(() => hubspot.close());

describe('cx reconcile', () => {
  it('compares a sample with HubSpot, counts its calls, and says that nothing drifted', async () => {
    const before = Object.values(hubspot.calls).reduce((sum, n) => sum + n, 0);
    const { stdout, stderr, status } = await cx('reconcile');
    expect(status, stderr).toBe(0);
    const [, calls = ''] =
      /^A random sample of each kind, (\d+) calls to HubSpot \(.*\d+ list.*\)$/m.exec(stdout) ?? [];
    expect(Number(calls)).toBeGreaterThan(7);
    expect(Number(calls)).toBeLessThan(Object.values(hubspot.calls).reduce((sum, n) => sum + n, 0) - before);
    expect(stdout).toMatch(/^Drift: none in [\d,]+ records compared with HubSpot on \d{4}-\d\d-\d\d\.$/m);
    expect(stdout).toMatch(
      new RegExp(`^contacts +${live.length} +${live.length} +${live.length} +0 +0 +0 +0 +0.0 %`, 'm'),
    );
  });

  it('repairs what differs and prints it as one JSON document, and the next summary shows it', async () => {
    await cp(file('.local'), file('backup'), { recursive: true });
    hubspot.portal.archive('contacts', gone, new Date().toISOString());
    hubspot.portal.archive('contacts', left, new Date().toISOString());
    const drift = driftSchema.parse(JSON.parse((await cx('reconcile', '--full', '--json')).stdout));
    expect(drift).toMatchObject({ mode: 'full', skipped: {} });
    expect(drift.kinds.contacts).toMatchObject({ kept: live.length, counted: live.length - 2, extra: 2, repaired: 2 });
    const { stdout } = await cx('run', '--once');
    expect(stdout).toMatch(/^Drift {6}contacts 2 left over, in [\d,]+ records compared .*; all repaired$/m);
    expect(stdout).toContain(` ${live.length - 2} contacts`);
  });
});

/** The tombstones in a file, the heading left out. */
const tombstonesIn = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));

describe('cx tombstones', () => {
  it('exports ids and dates, nothing else, behind a heading that names the portal and how many there are', async () => {
    const { stdout, stderr, status } = await cx('tombstones', 'export');
    const portalId = String(portal.definition.account.portalId);
    const exported = tombstonesIn(stdout);
    expect([status, stderr]).toEqual([0, `${exported.length} tombstones of portal ${portalId}.\n`]);
    expect(JSON.parse(stdout.split('\n', 1)[0] ?? '')).toMatchObject({
      tombstones: 1,
      portalId,
      count: exported.length,
    });
    expect(exported).toEqual(
      expect.arrayContaining(
        [gone, left].map((id) => ({ kind: 'contact', id, why: 'archived', at: expect.stringMatching(/Z$/) })),
      ),
    );
    for (const { into: _, ...each } of exported) expect(Object.keys(each).sort()).toEqual(['at', 'id', 'kind', 'why']);
    await cx('tombstones', 'export', 'kept.jsonl');
    expect(tombstonesIn(await readFile(file('kept.jsonl'), 'utf8'))).toEqual(exported);
  });

  it('replays nothing of a file with a line that is none', async () => {
    await rm(file('.local'), { recursive: true });
    await cp(file('backup'), file('.local'), { recursive: true });
    await writeFile(file('cut.jsonl'), `${(await readFile(file('kept.jsonl'), 'utf8')).slice(0, -9)}\n`);
    const { stdout, stderr, status } = await cx('tombstones', 'replay', 'cut.jsonl');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^cut\.jsonl, line \d: not JSON\nNothing was replayed\./);
    const kept = tombstonesIn((await cx('tombstones', 'export')).stdout);
    expect(kept.map(({ id }) => id)).not.toContain(gone);
  });

  it('finds the erased live again after a restore from a backup, removes them, and does so once', async () => {
    const first = await cx('tombstones', 'replay', 'kept.jsonl');
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^\d tombstones replayed\. Found live again and removed: 2 contacts\.\n$/);
    expect((await cx('explain', 'contact', gone)).stderr).toContain(`There is no scored contact ${gone}`);
    const again = await cx('tombstones', 'replay', 'kept.jsonl');
    expect(again.stdout).toMatch(/^\d tombstones replayed\. None of these records was there\.\n$/);
  });

  it('says that a file is not there', async () => {
    const { stderr, status } = await cx('tombstones', 'replay', 'nowhere.jsonl');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^nowhere\.jsonl cannot be read: .*\nName a file that is there\.\n$/);
  });
});

describe('--table', () => {
  let db: EmbeddedDynamoDb;
  let environment: Record<string, string>;
  beforeAll(async () => {
    db = await startDynamoDb();
    await createTable({ tableName: 'deployed', endpoint: db.url });
    environment = {
      AWS_ENDPOINT_URL_DYNAMODB: db.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
  });
  afterAll(() => db.close());

  it('works on a DynamoDB table of AWS in place of the data on this machine', async () => {
    const first = await cxWith(environment, 'reconcile', '--table', 'deployed', '--json');
    expect(first.status, first.stderr).toBe(0);
    expect(driftSchema.parse(JSON.parse(first.stdout)).kinds.contacts?.kept).toBe(live.length - 2);
    const replayed = await cxWith(environment, 'tombstones', 'replay', 'kept.jsonl', '--table', 'deployed');
    expect(replayed.stdout).toMatch(/^\d tombstones replayed\. None of these records was there\.\n$/);
    const exported = await cxWith(environment, 'tombstones', 'export', '--table', 'deployed');
    expect(tombstonesIn(exported.stdout).map(({ id }) => id)).toEqual(expect.arrayContaining([gone, left]));
    expect((await cxWith(environment, 'quarantine', '--table', 'deployed')).stdout).toMatch(
      /^Nothing is in quarantine/,
    );
  });

  it('shares the limits of the account with whoever works on the table', async () => {
    const leases = dynamoLeaseBook({ tableName: 'deployed', endpoint: db.url });
    const day = await leases.readLease<Day>('daily');
    expect(day?.value).toMatchObject({ timeZone: portal.definition.account.timeZone, toldAt: expect.any(Number) });
    expect((await leases.readLease<Pace>('search'))?.value.next).toBeGreaterThan(0);
  });

  it.for([['reconcile'], ['quarantine', '--retry'], ['tombstones', 'replay', 'kept.jsonl']])(
    'leaves the table alone while a deployed function is at work on it: cx %s',
    async (words) => {
      const leases = dynamoLeaseBook({ tableName: 'deployed', endpoint: db.url });
      const hold = { leases, clock: systemClock, work: 'records', until: systemClock.now() + 3_600_000 } as const;
      const meanwhile = await soleRun({ ...hold, holder: 'a function' }, () =>
        cxWith(environment, ...words, '--table', 'deployed'),
      );
      const { stdout, stderr, status } = (meanwhile as Extract<typeof meanwhile, { ran: true }>).result;
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^Another process is at work on DynamoDB table deployed: .*\nTry again after 20\S+Z/m);
      // Nobody holds it any more, so that whoever comes next is let in: its own hold ends with it too.
      expect((await cxWith(environment, ...words, '--table', 'deployed')).status).toBe(0);
      expect(await soleRun({ ...hold, holder: 'another' }, async () => 'ran')).toMatchObject({ ran: true });
    },
  );

  it('is not taken together with a portal of this machine', async () => {
    const { stderr, status } = await cx('reconcile', '--table', 'deployed', '--portal', 'demo');
    expect(status).toBe(1);
    expect(stderr).toMatch(/--table.*cannot be used with.*--portal/);
  });
});
