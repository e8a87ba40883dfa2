import { describe, expect, type TestContext, test } from 'vitest';
import { backlog } from '#domain/metrics/backlog.ts';
import { measureCustomers, measureFacts } from '#domain/metrics/measure.ts';
import { nps } from '#domain/metrics/nps.ts';
import { reopenRate } from '#domain/metrics/reopen-rate.ts';
import { repeatPurchaseRate } from '#domain/metrics/repeat-purchase-rate.ts';
import { ticketVolume } from '#domain/metrics/ticket-volume.ts';
import { timeToResolution } from '#domain/metrics/time-to-resolution.ts';
import { parseAsOf, parseWindow } from '#domain/metrics/window.ts';
import type { Fact, Instant } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { everything, figure } from './everything.ts';
import { answer, at, customer, purchase, ticket } from './facts.ts';
import { oracle, realData } from './real-data.ts';

const utc = zoneOf('UTC');
const always = { window: everything, asOf: everything.to };

describe('the help desk of UCI 498', () => {
  /** `29/2/2016 01:16`, or `?` where missing. */
  const momentOf = (text = '?'): Instant | null => {
    const [, day, month, year, time] = /^(\d+)\/(\d+)\/(\d+) (\d\d:\d\d)$/.exec(text) ?? [];
    return time === undefined ? null : at(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}T${time}:00Z`);
  };

  /** The last state of every incident. */
  const incidents = (context: TestContext): Fact[] => {
    const [header = '', ...lines] = realData(context, 'uci-incident/incident_event_log.csv.gz')
      .toString('latin1')
      .trimEnd()
      .split(/\r?\n/);
    const place = (name: string): number => header.split(',').indexOf(name);
    const [reopenCount, openedAt, resolvedAt, closedAt] = ['reopen_count', 'opened_at', 'resolved_at', 'closed_at'].map(
      place,
    ) as [number, number, number, number];
    const last = new Map(lines.map((line) => [line.slice(0, line.indexOf(',')), line.split(',')]));
    return [...last.values()].map((cells) => {
      const resolved = momentOf(cells[resolvedAt]);
      return ticket({
        openedAt: momentOf(cells[openedAt]),
        isClosed: true,
        closedAt: resolved,
        endedAt: resolved ?? momentOf(cells[closedAt]),
        reopenCount: Number(cells[reopenCount]),
      });
    });
  };

  test('has the published totals', (context) => {
    const tickets = incidents(context);
    expect(figure(measureFacts(ticketVolume, tickets, always))).toMatchObject({ value: 24_918 });
    expect(figure(measureFacts(reopenRate, tickets, always))).toMatchObject({ numerator: 275, n: 24_918 });
    const figures = measureFacts(timeToResolution, tickets, always);
    expect(figures).toMatchObject({ median: { n: 23_362 }, mean: { n: 23_362 }, p90: { n: 23_362 } });
    expect(figures.median).toHaveProperty('value', expect.closeTo(22.1, 2));
    expect(figures.mean).toHaveProperty('value', expect.closeTo(178.17, 2));
    expect(figures.p90).toHaveProperty('value', expect.closeTo(381.55, 2));
    for (const [asOf, value] of [
      ['2016-04-01', 1825],
      ['2016-05-01', 1340],
      ['2016-06-01', 1272],
    ] as const) {
      const then = parseAsOf(asOf, utc);
      const known = { window: parseWindow('90d', { asOf: then, zone: utc }), asOf: then };
      expect(figure(measureFacts(backlog, tickets, known))).toMatchObject({ value });
      expect(figure(measureFacts(backlog, tickets, { ...known, asOf: everything.to }))).toMatchObject({ value });
    }
  });
});

test('the survey of a garden-centre chain has the published score', (context) => {
  const lines = realData(context, 'nps-retail/nps.csv').toString('latin1').trimEnd().split('\n').slice(1);
  const answers = lines.map((line) => {
    const [, person = '', score = 'NA'] = line.split(',');
    const rating = score === 'NA' ? null : Number(score);
    return answer({ metric: 'nps', scale: [0, 10], rating, links: { contact: [person] } });
  });
  const measured = figure(measureFacts(nps, answers, always));
  expect(measured).toMatchObject({ n: 13_612 });
  expect(measured).toHaveProperty('value', expect.closeTo(53.4161, 4));
});

test('the buyers of CDNOW come back at the published rate', (context) => {
  const { inputs, expected, tolerance } = oracle<{ customers: number }, { rate: number }>(context, 'rpr-01');
  const byCustomer = new Map<string, Fact[]>();
  for (const line of realData(context, 'cdnow/CDNOW_sample.txt').toString('utf8').trim().split('\n')) {
    const [, id = '', date = '', , amount] = line.trim().split(/\s+/);
    const deals = byCustomer.get(id) ?? [];
    const closedAt = utc.startOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
    deals.push(purchase({ closedAt, amount: Number(amount) }));
    byCustomer.set(id, deals);
  }
  const customers = [...byCustomer.values()].map((deals) => customer({}, deals));
  const rate = (asOf: Instant) =>
    figure(
      measureCustomers(repeatPurchaseRate, customers, {
        window: parseWindow('all', { asOf, zone: utc }),
        asOf,
        dayOf: utc.dayOf,
        mapped: { endOfRelationship: false, businessHours: false },
      }),
    );
  const at39Weeks = rate(parseAsOf('1997-10-01', utc));
  expect(at39Weeks).toMatchObject({ n: inputs.customers, numerator: 946 });
  if (at39Weeks.status === 'measured') expect(Math.abs(at39Weeks.value - expected.rate)).toBeLessThanOrEqual(tolerance);
  expect(rate(parseAsOf('1998-07-01', utc))).toMatchObject({ n: 2357, numerator: 1139 });
});
