import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '#domain/metrics/catalogue.ts';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { systemClock } from '#platform/system-clock.ts';
import { printedReport } from './report-schema.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.02);
const [ticket, contact] = [portal.records.tickets[3]?.id ?? '', portal.records.contacts[5]?.id ?? ''];
const nameOf = (id: string): string =>
  String(portal.records.contacts.find((each) => each.id === id)?.properties.lastname);

const readAnswers = new Set(catalogue.flatMap(({ id, reads }) => (reads.includes('answer') ? [id] : [])));

describe('records HubSpot cannot answer properly', () => {
  const shop = openWorkshop();
  let hubspot: Simulator;
  const cx = (...words: string[]) =>
    shop.cx(words, { HUBSPOT_BASE_URL: hubspot.url, HUBSPOT_ACCESS_TOKEN: hubspot.accessToken });
  beforeAll(async () => {
    const corrupt = [
      { type: 'tickets', id: ticket, how: 'no properties' },
      { type: 'contacts', id: contact, how: 'object for a value' },
    ] as const;
    hubspot = await startSimulator({ portal, clock: systemClock, limits: 'off', faults: { corrupt } });
  });
  afterAll(() => hubspot.close());

  it('are held while the others are counted, and the summary says how many and how to look', async () => {
    const { stdout, stderr, status } = await cx('run', '--once');
    expect(status, stderr).toBe(0);
    const live = portal.records.tickets.filter(({ archived }) => !archived).length;
    expect(stdout).toContain(` ${live - 1} tickets`);
    expect(stdout).toMatch(
      /^Quarantine 2 records could not be read: npm run cx -- quarantine says why, --retry reads again$/m,
    );
  });

  it('are listed by cx quarantine with the reason, and never with a value', async () => {
    const { stdout, status } = await cx('quarantine');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^contact +${contact} +\\d{4}-\\S+Z +\\S.*$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ticket +${ticket} +\\d{4}-\\S+Z +\\S.*$`, 'm'));
    expect(stdout).toContain('npm run cx -- quarantine --retry');
    expect(stdout).not.toContain(nameOf(contact));
    const rows = JSON.parse((await cx('quarantine', '--json')).stdout);
    expect(rows).toEqual(
      [
        ['contact', contact],
        ['ticket', ticket],
      ].map(([kind, id]) => ({ kind, id, because: expect.any(String), since: expect.stringMatching(/Z$/) })),
    );
  });

  it('stay held when read again in vain, and count once they can be read', async () => {
    expect((await cx('quarantine', '--retry')).stdout).toMatch(
      new RegExp(
        `^contact ${contact}: still cannot be read \\(.+\\)\nticket ${ticket}: still .*\n0 of 2 could be read.\n$`,
      ),
    );
    hubspot.mend();
    expect((await cx('quarantine', '--retry')).stdout).toBe(
      `contact ${contact}: read; it counts from the next run on\nticket ${ticket}: read; it counts from the next run on\n2 of 2 could be read.\n`,
    );
    expect((await cx('quarantine')).stdout).toMatch(/^Nothing is in quarantine: /);
    const report = printedReport((await cx('run', '--json')).stdout);
    expect(report.records.tickets).toBe(portal.records.tickets.filter(({ archived }) => !archived).length);
    expect(report.sync).toEqual({ stale: {}, quarantined: 0, drift: null });
  });

  it('of a kind whose tier is lost keep their last values, marked as stale wherever they are shown', async () => {
    const before = printedReport((await cx('run', '--json')).stdout);
    hubspot.setTier('starter');
    const report = printedReport((await cx('run', '--json')).stdout);
    const stale = { since: expect.stringMatching(/Z$/), because: expect.stringContaining('feedback_submissions') };
    expect(report.sync.stale).toEqual({ feedback_submissions: stale });
    expect(report.metrics).toEqual(
      Object.fromEntries(
        Object.entries(before.metrics).map(([id, metric]) => [
          id,
          readAnswers.has(id.split('.')[0] ?? '') ? { ...metric, stale } : metric,
        ]),
      ),
    );
    expect(report.scores.contacts).toEqual({ ...before.scores.contacts, stale });

    const { stdout } = await cx('run', '--once');
    expect(stdout).toMatch(/^Stale {6}feedback submissions, with all that rests on them, as of \d{4}-\S+Z\. .*Grant/m);
    expect(stdout).not.toContain('Not pulled');
    const [, kind = '', id = ''] = /explain (contact|company) (\d+)/.exec(stdout) ?? [];
    expect((await cx('explain', kind, id)).stdout).toMatch(/^Stale: feedback submissions as of \d{4}-/m);
  });
});
