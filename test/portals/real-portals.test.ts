import { access } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { summarise } from '#domain/metrics/answers.ts';
import { combineAll } from '#domain/metrics/combine-all.ts';
import { nps } from '#domain/metrics/nps.ts';
import type { Mapping } from '#hubspot/properties/mapping.ts';
import { mappingsFor } from '#hubspot/properties/mappings.ts';
import { openPortal, realDataDirectory } from '#local/portals/index.ts';
import { objectTypes, type Portal, type PortalRecord } from '#local/portals/portal.ts';
import { connectorConfigSchema } from '#platform/config.ts';
import { associatedIds, associationsThatLeadNowhere } from './associations.ts';

const realDataDir = realDataDirectory(process.env);
const isPresent = await access(realDataDir).then(
  () => true,
  () => false,
);
if (!isPresent) test('the real sets', ({ skip }) => skip('real data not present'));

/** Each set is read once. */
const opened = new Map<string, Promise<Portal>>();
function open(name: string): Promise<Portal> {
  const portal = opened.get(name) ?? openPortal(`real:${name}`, { realDataDir });
  opened.set(name, portal);
  return portal;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const number = (record: PortalRecord | undefined, property: string): number => Number(record?.properties[property]);
const having = (records: readonly PortalRecord[], property: string, value: string): number =>
  records.filter(({ properties }) => properties[property] === value).length;

describe.skipIf(!isPresent).each(['uci-incident', 'nps-retail', 'cdnow', 'telco'])('real:%s', (name) => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await open(name);
  });

  test('has associations that all resolve and ids that are digits and unique', () => {
    expect(associationsThatLeadNowhere(portal)).toEqual([]);
    for (const type of objectTypes) {
      const ids = portal.records[type].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^\d{9,12}$/.test(id))).toEqual([]);
    }
  });

  test('is studied as a whole, under mappings the connector accepts, with nothing later than its date', () => {
    const { asOf, defaultWindow, mappings } = portal.definition;
    expect(defaultWindow).toBe('all');
    expect(connectorConfigSchema.safeParse(mappings).error).toBeUndefined();
    for (const type of objectTypes) {
      const times = portal.records[type].flatMap(({ createdAt, updatedAt, properties }) => [
        createdAt,
        updatedAt,
        ...Object.values(properties).filter((value) => value !== null && /^\d{4}-\d\d-\d\dT/.test(value)),
      ]);
      expect(times.filter((time) => (time ?? '') > asOf)).toEqual([]);
    }
  });
});

describe.skipIf(!isPresent)('the help desk (uci-incident)', () => {
  let portal: Portal;
  let tickets: readonly PortalRecord[];
  beforeAll(async () => {
    portal = await open('uci-incident');
    tickets = portal.records.tickets;
  });

  test('has 24,918 incidents of 5,245 callers, one of which is the unknown caller of 3 incidents', () => {
    const withoutCaller = tickets.filter((ticket) => associatedIds(ticket, 'contacts').length === 0).length;
    expect(tickets).toHaveLength(24_918);
    expect(withoutCaller).toBe(3);
    expect(portal.records.contacts.length + 1).toBe(5_245);
  });

  test('lacks the time of resolution 1,556 times and has the published times of the rest', () => {
    const hours = tickets
      .filter(({ properties }) => properties.closed_date)
      .map(
        ({ properties }) =>
          (Date.parse(properties.closed_date ?? '') - Date.parse(properties.createdate ?? '')) / 3_600_000,
      )
      .sort((a, b) => a - b);
    expect(tickets.length - hours.length).toBe(1_556);
    expect(((hours[11_680] ?? 0) + (hours[11_681] ?? 0)) / 2).toBeCloseTo(22.1, 2);
    expect(mean(hours)).toBeCloseTo(178.17, 2);
    expect(hours[Math.floor(0.9 * hours.length)]).toBeCloseTo(381.55, 0);
  });

  test('has the published reopenings, reassignments and SLA attainment', () => {
    const reopened = tickets.filter((ticket) => number(ticket, 'reopen_count') > 0).length;
    const kept = tickets.filter((ticket) => number(ticket, 'reassignment_count') === 0);
    expect(reopened).toBe(275);
    expect(kept.length / tickets.length).toBeCloseTo(0.5437, 4);
    expect(having(kept, 'reopen_count', '0') / tickets.length).toBeCloseTo(0.5413, 4);
    expect(having(tickets, 'made_sla', 'true')).toBe(15_803);
    expect(having(tickets, 'hs_time_to_close_sla_status', '3')).toBe(15_803);
  });

  test.each([
    ['2016-04-01', 1_825],
    ['2016-05-01', 1_340],
    ['2016-06-01', 1_272],
  ])('has a backlog at %s of %i', (date, expected) => {
    const at = `${date}T00:00:00.000Z`;
    const open = tickets.filter(
      ({ properties }) => (properties.createdate ?? '') < at && (properties.hs_last_closed_date ?? '') >= at,
    );
    expect(open).toHaveLength(expected);
  });

  test('ends every ticket in a closed stage and keeps the way there', () => {
    const closed = new Set(
      portal.definition.pipelines.tickets.flatMap(({ stages }) =>
        stages.filter(({ metadata }) => metadata.isClosed === 'true').map(({ id }) => id),
      ),
    );
    const wrong = tickets.filter(({ properties, propertiesWithHistory }) => {
      const stage = properties.hs_pipeline_stage ?? '';
      return !closed.has(stage) || propertiesWithHistory?.hs_pipeline_stage?.[0]?.value !== stage;
    });
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!isPresent)('the garden centres (nps-retail)', () => {
  let portal: Portal;
  let mapping: Mapping<'answer'>;
  beforeAll(async () => {
    portal = await open('nps-retail');
    mapping = mappingsFor(connectorConfigSchema.parse(portal.definition.mappings)).answer;
  });
  /** What the product makes of an answer: what it adds to the metric, by the mapping of this portal. */
  const scored = (answer: PortalRecord) => {
    const { fields } = mapping.read(answer.properties, { homeCurrency: 'EUR', stage: () => undefined });
    const links = { contact: associatedIds(answer, 'contacts') };
    return nps.prepare({ kind: 'answer', id: answer.id, fields, links }, { asOf: Infinity });
  };
  /** The answers that count as this many points; a promoter as 1, a passive as 0, a detractor as −1. */
  const counting = (points: number) =>
    portal.records.feedback_submissions.filter((answer) => {
      const [n, net] = summarise(scored(answer) ?? nps.empty).sums;
      return n === 1 && net === points;
    });

  test('has the published promoters, passives and detractors, and keeps the 342 without a score', () => {
    const answers = portal.records.feedback_submissions.filter(({ properties }) => properties.hs_survey_type === 'NPS');
    expect(answers).toHaveLength(13_954);
    expect([1, 0, -1].map((points) => counting(points).length)).toEqual([8_465, 3_953, 1_194]);
    const total = combineAll(
      nps,
      answers.map((answer) => scored(answer) ?? nps.empty),
    );
    expect(nps.present(total).value).toMatchObject({ n: 13_612, value: expect.closeTo(53.4161, 4) });
    expect(answers.filter(({ properties }) => properties.hs_value === null)).toHaveLength(342);
    expect(answers.filter(({ properties }) => 'hs_response_group' in properties)).toEqual([]);
  });

  test('has the published receipts and visits by group, returns being negative', () => {
    const { contacts, deals } = portal.records;
    const deal = new Map(deals.map((each) => [associatedIds(each, 'contacts')[0], each]));
    const contact = new Map(contacts.map((each) => [each.id, each]));
    const means = [1, 0, -1].map((points) => {
      const ids = counting(points).map((each) => associatedIds(each, 'contacts')[0] ?? '');
      const of = (records: Map<string | undefined, PortalRecord>, property: string) =>
        Number(mean(ids.map((id) => number(records.get(id), property))).toFixed(2));
      return [of(deal, 'amount'), of(contact, 'visits')];
    });
    expect(means).toEqual([
      [76.18, 8.98],
      [76.3, 7.44],
      [64.32, 6.91],
    ]);
    expect(deals.filter((each) => number(each, 'amount') < 0)).toHaveLength(220);
  });

  test('is undated: no answer has a moment and no deal a close date', () => {
    const { deals, feedback_submissions: answers } = portal.records;
    expect(answers.filter(({ properties }) => properties.hs_submission_timestamp)).toEqual([]);
    expect(deals.filter(({ properties }) => properties.closedate)).toEqual([]);
  });

  test('reads its Latin-1 texts', () => {
    const comments = portal.records.feedback_submissions.map(({ properties }) => properties.hs_content ?? '');
    expect(comments.filter((comment) => comment.includes('très')).length).toBeGreaterThan(100);
    expect(comments.filter((comment) => comment.includes('\uFFFD'))).toEqual([]);
  });
});

describe.skipIf(!isPresent)('the record shop (cdnow)', () => {
  test('has 6,919 purchases of 2,357 customers, 40.14 % of whom came back within 39 weeks', async () => {
    const { records } = await open('cdnow');
    expect(records.deals).toHaveLength(6_919);
    expect(records.contacts).toHaveLength(2_357);
    expect(records.deals.filter(({ properties }) => !properties.closedate?.endsWith('T00:00:00.000Z'))).toEqual([]);
    const early = records.deals.filter(({ properties }) => (properties.closedate ?? '') < '1997-10-01');
    const days = Map.groupBy(early, (deal) => associatedIds(deal, 'contacts')[0]);
    const repeated = [...days.values()].filter(
      (own) => new Set(own.map(({ properties }) => properties.closedate)).size > 1,
    );
    expect(repeated.length / records.contacts.length).toBeCloseTo(0.4014, 4);
  });
});

describe.skipIf(!isPresent)('the telephone company (telco)', () => {
  test('has 7,043 subscribers, 1,869 of whom left, and 11 without charges so far', async () => {
    const { records, definition } = await open('telco');
    const left = records.contacts.filter(({ properties }) => properties.customer_until);
    expect(records.contacts).toHaveLength(7_043);
    expect(left).toHaveLength(1_869);
    expect(records.subscriptions).toHaveLength(7_043);
    expect(records.deals).toHaveLength(7_043 - 11);
    const untimely = left.filter(({ properties: { customer_since: since, customer_until: until } }) => {
      return (until ?? '') <= (since ?? '') || (until ?? '') < '2017-12-01';
    });
    expect(untimely).toEqual([]);
    expect(definition.description).toContain('Dates are derived');
  });
});
