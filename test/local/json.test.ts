import { beforeAll, describe, expect, it } from 'vitest';
import { objectTypes } from '#local/portals/portal.ts';
import { type PrintedReport, printedReport } from './report-schema.ts';
import { type Ended, openWorkshop, smallPortal } from './workshop.ts';

const portal = smallPortal();
/** Searches of an incremental pull and what a process asks once: the account, pipelines, property definitions. */
const emptyPull = objectTypes.length + 7;

describe('cx run --json', () => {
  const shop = openWorkshop();
  let first: Ended;
  let report: PrintedReport;
  const json = async (...words: string[]): Promise<PrintedReport> => {
    const { stdout, stderr, status } = await shop.cx(['run', '--portal', 'small', '--json', ...words]);
    expect(status, stderr).toBe(0);
    return printedReport(stdout);
  };
  beforeAll(async () => {
    await shop.portal('small', portal);
    first = await shop.cx(['run', '--portal', 'small', '--json']);
    report = printedReport(first.stdout);
  });

  it('prints one JSON document with the promised keys and nothing else on standard output', () => {
    expect(first.status).toBe(0);
    expect(report).toMatchObject({ portal: 'demo', asOf: portal.definition.asOf, window: '90d' });
    for (const [id, { value, because }] of Object.entries(report.metrics))
      expect(value === null, `${id}: a reason where there is no value, and only there`).toBe(because !== undefined);
  });

  it('counts every record of the portal', () => {
    const live = objectTypes.map((type) => [type, portal.records[type].filter(({ archived }) => !archived).length]);
    expect(report.records).toEqual(Object.fromEntries(live));
  });

  it('accounts for every customer: written, kept or refused', () => {
    const { planned, written, kept, refused, calls } = report.writeBack;
    expect(written).toBeGreaterThan(20);
    expect(written + refused).toBe(planned);
    expect(planned + kept).toBe(report.records.contacts + report.records.companies);
    expect(calls).toBeGreaterThanOrEqual(Math.ceil(written / 100));
    const sum = Object.values(report.apiCalls.byKind).reduce((total, n) => total + n, 0);
    expect(sum).toBe(report.apiCalls.total);
  });

  it('shows progress with counts on standard error', () => {
    const steps = first.stderr.split('\n').filter((line) => /^ {2}\w/.test(line));
    for (const line of steps)
      expect(line).toMatch(/^ {2}[a-z ]+: [\d,]+( of [\d,]+)? \([\d.]+ s(, [\d,]+ calls)?(, about \d+ s left)?\)$/);
    expect(first.stderr).toMatch(/pull contact: .* s, \d+ calls/);
    expect(first.stderr).toContain(`pull contact: ${report.records.contacts} (`);
    expect(first.stderr).toMatch(/compute metrics: .*\n.*score customers: /);
  });

  it('writes nothing the second time, in few calls, and says the same', async () => {
    const again = await json();
    expect(again.writeBack).toMatchObject({ planned: 0, written: 0, refused: 0, calls: 0 });
    expect(again.apiCalls.total).toBeLessThanOrEqual(emptyPull + Math.ceil(report.writeBack.written / 200));
    const { metrics, scores, records } = report;
    expect(again).toMatchObject({ metrics, scores, records });
  });

  it('measures another window when asked', async () => {
    const all = await json('--window', 'all');
    expect(all.window).toBe('all');
    expect(all.metrics['ticket-volume']?.n).toBe(report.records.tickets);
    expect(all.metrics['ticket-volume']?.n).toBeGreaterThan(report.metrics['ticket-volume']?.n ?? 0);
    expect(all.writeBack.written).toBe(0);
  });

  it('measures an earlier moment when asked, and writes nothing', async () => {
    const past = await json('--as-of', '2026-07-01');
    expect(past.asOf).toBe('2026-06-30T22:00:00.000Z');
    expect(past.metrics).not.toEqual(report.metrics);
    expect(past.writeBack).toMatchObject({ written: 0, calls: 0 });
    expect((await json()).metrics).toEqual(report.metrics);
  });

  it('starts anew with --fresh', async () => {
    const { durationMs: _, ...anew } = await json('--fresh');
    const { durationMs: __, ...before } = report;
    expect(anew).toEqual(before);
  });

  it('refuses to mix the data of two portals of one name', async () => {
    await shop.portal('other', smallPortal(0.02));
    const { status, stdout, stderr } = await shop.cx(['run', '--portal', 'other', '--json']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/another portal of this name.*\n.*--fresh/);
  });
});
