import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunOverview } from '#contract/report.ts';
import { type PageServer, servePage } from '#local/page/serve.ts';

const hostile = '<img src=x onerror=alert(1)>';
const nobody = { scored: 0, insufficientData: 0, churnRisk: { high: 0, medium: 0, low: 0 }, upsellCandidates: 0 };
const row = { kind: 'contact', id: hostile, name: hostile, score: 61, band: 'high', reasons: [hostile] } as const;

const compared = { kept: 9, counted: 9, checked: 5, missing: 0, extra: 1, share: 0.2, interval: [0.04, 0.62] } as const;
const drifted = { ...compared, different: 0, repaired: 1 };

const latency = { n: 40, p50Ms: 1_249, p95Ms: 2_300, p99Ms: 4_010 };

const overview: RunOverview = {
  report: {
    portal: hostile,
    asOf: '2026-10-01T00:00:00.000Z',
    window: hostile,
    records: { contacts: 1, feedback_submissions: 0, [hostile]: 1 },
    metrics: {
      nps: { value: null, n: 0, because: 'no answer in the window', unit: 'points' },
      [hostile]: { value: null, n: 0, because: hostile, unit: 'share' },
    },
    scores: { contacts: nobody, companies: nobody },
    writeBack: { planned: 1, written: 0, kept: 0, refused: 1, calls: 1, latency },
    sync: {
      stale: { [hostile]: { since: '2026-09-30T00:00:00.000Z', because: hostile } },
      quarantined: 2,
      deadLetters: 3,
      drift: { at: '2026-09-30T00:00:00.000Z', mode: 'sample', kinds: { [hostile]: drifted }, skipped: {}, calls: 3 },
    },
    apiCalls: { total: 12, byKind: { search: 12 } },
    durationMs: 1,
  },
  atRisk: [row],
  upsell: [{ ...row, kind: 'company' }],
  refused: [{ record: hostile, because: hostile, remedy: hostile }],
  unavailable: [hostile],
};

describe('the first page', () => {
  let page: PageServer;
  let response: Response;
  let html: string;
  beforeAll(async () => {
    page = await servePage(() => ({ overview, floor: 9, kept: { [hostile]: 2 }, everyMs: 15_000 }), 0);
    response = await fetch(page.url);
    html = await response.text();
  });
  afterAll(() => page.close());

  it('shows a contact called <img src=x onerror=alert(1)> as these letters, wherever a text may come from outside', () => {
    expect(html).not.toContain('<img');
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThanOrEqual(14);
  });

  it('forbids scripts and foreign content', () => {
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(html).not.toContain('<script');
  });

  it('says "not measured" and why', () => {
    expect(html).toMatch(/<td>nps<\/td><td[^>]*>not measured<\/td>.*no answer in the window/);
  });

  it('says how quickly webhooks become scores, and how many changes could not be applied', () => {
    expect(html).toContain('Webhooks: p50 1.2 s, p95 2.3 s, p99 4.0 s from a change in HubSpot');
    expect(html).toContain('3 changes could not be applied: cx redrive --list says which and why.');
  });

  it('serves nothing else', async () => {
    for (const path of ['favicon.ico', 'package.json', '..%2fpackage.json', 'report.json/x'])
      expect((await fetch(page.url + path)).status, path).toBe(404);
    expect((await fetch(`${page.url}report.json`)).headers.get('content-type')).toContain('application/json');
    expect((await fetch(page.url, { method: 'POST' })).status).toBe(405);
  });

  it('answers under a name of this machine only, so that no other site can have a browser read it', async () => {
    expect(new URL(page.url).hostname).toBe('127.0.0.1');
    const asked = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(page.url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
      });
    expect(await asked(`localhost:${new URL(page.url).port}`)).toBe(200);
    expect(await asked('evil.example')).toBe(421);
  });
});
