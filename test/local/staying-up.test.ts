import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftSchema, printedReport } from './report-schema.ts';
import { openWorkshop, type Running, smallPortal } from './workshop.ts';

const portal = smallPortal();
const pageLine = /^Page +(http:\/\/127\.0\.0\.1:(\d+)\/)$/m;
const heardLine =
  /^ {2}webhooks: (\d+) events, (\d+) records told, (\d+) read, \d+ gone, ([1-9]\d*) written, \d+ calls; p50 \d+\.\d s, p95 (\d+\.\d) s to the score$/m;
const tickLine = /^(\d{4}-\S+Z) {2}\d+ calls, \d+ records written, \d+ refused$/m;

describe('cx run, left up', () => {
  const shop = openWorkshop();
  let run: Running;
  let page: string;
  beforeAll(async () => {
    await shop.portal('small', portal);
    run = shop.start(['run', '--portal', 'small', '--port', '0', '--every', '1']);
    page = (await run.until('stdout', pageLine))[1] ?? '';
  });
  afterAll(() => run.process.kill('SIGKILL'));

  it('prints a summary, and where to look', () => {
    const { stdout } = run.printed;
    for (const part of ['Records ', 'Calls ', 'Most at risk', 'Best upsell candidates', 'Writes ', 'Kept ', 'Data '])
      expect(stdout).toContain(`\n${part}`);
    expect(stdout).toMatch(/to HubSpot \(.*\); the fewest possible: \d+/);
    expect(stdout).toMatch(/\nnps +-?[\d.]+ +-?[\d.]+ to -?[\d.]+ +\d+/);
    expect(stdout).toMatch(/npm run cx -- explain (contact|company) \d+ --portal small\n/);
  });

  it('serves a first page on this machine', async () => {
    const response = await fetch(page);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('Most at risk of leaving');
    expect(html).toContain('customer-retention-cohort');
    const lists = [...html.matchAll(/<ul>(.*?)<\/ul>/g)].map(([, list = '']) => list.match(/<li>.*?<\/li>/g) ?? []);
    expect(lists.length).toBeGreaterThan(0);
    for (const reasons of lists) expect(new Set(reasons).size, reasons.join()).toBe(reasons.length);
  });

  it('keeps syncing while the customers of the demo portal live on', async () => {
    const [, asOf = ''] = await run.until('stdout', tickLine);
    expect(Date.parse(asOf)).toBeGreaterThan(Date.parse(portal.definition.asOf));
    const report = printedReport(await (await fetch(`${page}report.json`)).text());
    expect(Date.parse(report.asOf)).toBeGreaterThanOrEqual(Date.parse(asOf));
  });

  it('hears of what they do by webhook, and has it on their records within seconds', async () => {
    const [, events, told, read, , p95] = (await run.until('stdout', heardLine)).map(Number);
    expect(events).toBeGreaterThan(0);
    expect((told ?? 0) + (read ?? 0)).toBeGreaterThan(0);
    expect(p95).toBeLessThanOrEqual(5);
    await run.until('stdout', new RegExp(`${heardLine.source}\n${tickLine.source}`, 'm'));
    const { writeBack } = printedReport(await (await fetch(`${page}report.json`)).text());
    expect(writeBack.latency?.p95Ms).toBeLessThanOrEqual(5_000);
    expect(run.printed.stderr).not.toContain('trying again');
  });

  it('lets scores be explained meanwhile', async () => {
    const [, kind = '', id = ''] = /explain (contact|company) (\d+)/.exec(run.printed.stdout) ?? [];
    const { status, stdout, stderr } = await shop.cx(['explain', kind, id, '--portal', 'small']);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`(${kind} ${id})`);
  });

  it('keeps a second run from the same data, and says why', async () => {
    const { status, stderr } = await shop.cx(['run', '--portal', 'small', '--json']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Another cx is at work on this portal .*\n.*Ctrl\+C/);
  });

  it('ends cleanly when told to', async () => {
    run.process.kill('SIGTERM');
    const { status, signal } = await run.ended;
    expect([status, signal]).toEqual([0, null]);
  });

  it('goes on from where its customers were, on another port when that one is taken', async () => {
    const asOf = [...run.printed.stdout.matchAll(new RegExp(tickLine, 'gm'))].at(-1)?.[1];
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => taken.once('listening', listening));
    const { port } = taken.address() as AddressInfo;
    const again = shop.start(['run', '--portal', 'small', '--port', String(port)]);
    const [, , other] = await again.until('stdout', pageLine);
    expect(Number(other)).not.toBe(port);
    expect(again.printed.stdout).toContain(`as of ${asOf}`);
    expect(again.printed.stdout).toMatch(/^Latency +p50 \d+\.\d s, p95 \d+\.\d s, p99 \d+\.\d s .*\(n \d+\)$/m);
    again.process.kill('SIGINT');
    expect((await again.ended).status).toBe(0);
    taken.close();
  });

  it('leaves nothing for a comparison with the portal to find', async () => {
    const { stdout, status } = await shop.cx(['reconcile', '--portal', 'small', '--full', '--json']);
    expect(status).toBe(0);
    const { kinds } = driftSchema.parse(JSON.parse(stdout));
    for (const [name, { missing, extra, different }] of Object.entries(kinds))
      expect([name, missing, extra, different]).toEqual([name, 0, 0, 0]);
  });
});
