import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '#local/simulator/simulator.ts';
import { subscriptionsTo } from '#local/simulator/webhooks/subscriptions.ts';
import { openEndpoint } from '#local/webhooks/webhook-endpoint.ts';
import { systemClock } from '#platform/system-clock.ts';
import { openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal(0.02);
const clientSecret = 'the-client-secret';
const deal = portal.records.deals.find(({ archived }) => !archived)?.id ?? '';
const contact = portal.records.contacts.find(({ archived }) => !archived)?.id ?? '';

describe('webhooks that could not be applied', () => {
  const shop = openWorkshop();
  const lines: string[] = [];
  let hubspot: Simulator;
  let endpoint: Awaited<ReturnType<typeof openEndpoint>>;
  const cx = (...words: string[]) =>
    shop.cx(words, {
      HUBSPOT_BASE_URL: hubspot.url,
      HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
      HUBSPOT_CLIENT_SECRET: `a-newer-one\n${clientSecret}`,
    });
  beforeAll(async () => {
    endpoint = await openEndpoint({
      clock: systemClock,
      secrets: [clientSecret],
      enqueue: (message) => lines.push(message),
    });
    hubspot = await startSimulator({
      portal,
      clock: systemClock,
      limits: 'off',
      webhooks: {
        clientSecret,
        subscriptions: subscriptionsTo({ deals: 'all', contacts: 'all' }),
        target: { url: endpoint.url },
        eventsPerRequest: 1,
      },
      faults: { entries: [{ fault: '401', on: { kind: 'read', body: `"${deal}"` }, times: 1_000 }] },
    });
    const { status, stderr } = await cx('run', '--once');
    expect(status, stderr).toBe(0);
    const now = new Date().toISOString();
    hubspot.portal.update('deals', deal, { amount: '987654321' }, now);
    hubspot.portal.update('contacts', contact, { lastname: 'Told by webhook' }, now);
    await hubspot.webhooks.settled();
    expect(lines).toHaveLength(2);
  });
  afterAll(async () => {
    await hubspot.close();
    await endpoint.close();
  });

  it('are replayed from a file once they are verified, and lines that are none of HubSpot’s are named', async () => {
    const forged = lines[1]?.replace('Told by webhook', 'Told by somebody') ?? '';
    await writeFile(join(shop.directory, 'dead.jsonl'), `${[...lines, '', forged, '{"a": "note"}'].join('\n')}\n`);
    const { stdout, stderr, status } = await cx('webhook', 'replay', 'dead.jsonl');
    expect(stdout.split('\n'), stderr).toEqual([
      'dead.jsonl, line 4: left out. The signature is not that of this request.',
      'dead.jsonl, line 5: left out. It is no webhook that was queued by this connector.',
      expect.stringMatching(/^2 of 4 webhooks applied: \d+ records told, \d+ read, 0 gone\.$/),
      '1 change could not be applied: cx redrive --list says which and why.',
      '',
    ]);
    expect(status).toBe(1);
  });

  it('are listed with the reason, and never with a value', async () => {
    const { stdout, status } = await cx('redrive', '--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^\\d{4}-\\S+Z +deal ${deal} +HubSpotRefusedError +HubSpot did not accept`, 'm'));
    expect(stdout).toContain('1 in all. Mend the cause, then npm run cx -- redrive applies them again.');
    expect(stdout).not.toContain('987654321');
    const rows = JSON.parse((await cx('redrive', '--list', '--json', '--since', '1h')).stdout);
    const because = expect.stringContaining('token');
    expect(rows).toEqual([
      { at: expect.stringMatching(/Z$/), kind: 'deal', id: deal, error: 'HubSpotRefusedError', because },
    ]);
    expect((await cx('redrive', '--list', '--until', '1h')).stdout).toMatch(/^No dead letters/);
  });

  it('are pointed at by the summary', async () => {
    expect((await cx('run', '--once')).stdout).toMatch(
      /^To redrive 1 change could not be applied: npm run cx -- redrive --list says why, redrive tries them again$/m,
    );
  });

  it('stay until the cause is mended, and the exit code says so', async () => {
    const { stdout, status } = await cx('redrive', '--object', `deal/${deal}`);
    expect(stdout).toMatch(
      new RegExp(`^deal ${deal}: still cannot be applied \\(.+\\)\n0 of 1 dealt with, 1 left.\n$`),
    );
    expect(status).toBe(1);
    const others = await cx('redrive', '--error', 'PayloadError');
    expect([others.stdout, others.status]).toEqual([expect.stringMatching(/^No dead letters/), 0]);
    hubspot.calm();
    const mended = await cx('redrive', '--since', '1h');
    expect(mended.stdout).toBe(`deal ${deal}: applied; it counts from the next run on\n1 of 1 dealt with, 0 left.\n`);
    expect(mended.status).toBe(0);
    expect((await cx('redrive')).stdout).toMatch(/^No dead letters/);
  });

  it('can be replayed again without harm', async () => {
    await writeFile(join(shop.directory, 'again.jsonl'), lines.join('\n'));
    const { stdout, status } = await cx('webhook', 'replay', 'again.jsonl');
    expect([stdout, status]).toEqual(['2 of 2 webhooks applied: 0 records told, 0 read, 0 gone.\n', 0]);
  });
});
