import { describe, expect, test } from 'vitest';
import type { World } from '#local/portals/demo/customer.ts';
import { type DemoTruth, demoPortal } from '#local/portals/demo/demo-portal.ts';
import type { Portal, PortalRecord } from '#local/portals/portal.ts';
import { associatedIds } from './associations.ts';

const asOf = '2026-10-01T00:00:00.000Z';
const in90Days = '2026-12-30T00:00:00.000Z';
const seeds = [1, 2, 3];

const made = (world: World) => seeds.map((seed) => demoPortal({ seed, world }));
const worlds = { real: made('real'), null: made('null') };

/** Customers of the day of the portal, and whether they leave within 90 days. */
const customersOf = (truth: DemoTruth) =>
  truth.customers
    .filter(({ since, until }) => since < asOf && (until === null || until >= asOf))
    .map((customer) => ({ ...customer, leaves: customer.until !== null && customer.until < in90Days }));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Last NPS rating of every customer that gave one: a contact's counts for its company. */
function lastRatings(portal: Portal): Map<string, number> {
  const company = new Map(
    portal.records.contacts.map((contact) => [contact.id, associatedIds(contact, 'companies')[0]]),
  );
  const ratings = portal.records.feedback_submissions
    .filter(({ properties }) => properties.hs_survey_type === 'NPS' && properties.hs_value)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .flatMap((answer) =>
      associatedIds(answer, 'contacts').map(
        (id) => [company.get(id) ?? id, Number(answer.properties.hs_value)] as const,
      ),
    );
  return new Map(ratings);
}

/** Mean last rating of those who leave, less that of those who stay, over all seeds. */
function ratingGap(world: World): number {
  const rated = worlds[world].flatMap(({ portal, truth }) => {
    const ratings = lastRatings(portal);
    return customersOf(truth).flatMap(({ id, leaves }) =>
      ratings.has(id) ? [{ leaves, rating: ratings.get(id) ?? 0 }] : [],
    );
  });
  const of = (leaves: boolean) => mean(rated.filter((each) => each.leaves === leaves).map(({ rating }) => rating));
  return of(true) - of(false);
}

/** Chance that somebody who leaves was less satisfied than somebody who stays. */
function hiddenAuc(world: World): number {
  const all = worlds[world].flatMap(({ truth }) => customersOf(truth));
  const leavers = all.filter(({ leaves }) => leaves).map(({ satisfaction }) => satisfaction ?? 0);
  const stayers = all.filter(({ leaves }) => !leaves).map(({ satisfaction }) => satisfaction ?? 0);
  return mean(
    leavers.map((leaver) => mean(stayers.map((stayer) => (leaver < stayer ? 1 : leaver === stayer ? 0.5 : 0)))),
  );
}

/** Points against a customer: bad answers of half a year, slow or reopened tickets of a quarter, falling usage. */
function worry(portal: Portal): Map<string, number> {
  const points = new Map<string, number>();
  const company = new Map(
    portal.records.contacts.map((contact) => [contact.id, associatedIds(contact, 'companies')[0]]),
  );
  const add = (record: Pick<PortalRecord, 'associations'>, value: number) => {
    const contact = associatedIds(record, 'contacts')[0];
    const unit = associatedIds(record, 'companies')[0] ?? company.get(contact ?? '') ?? contact ?? '';
    points.set(unit, (points.get(unit) ?? 0) + value);
  };
  const groups: Readonly<Record<string, number>> = { DETRACTOR: 2, PASSIVE: 0.4, PROMOTER: -1 };
  const { contacts, companies, tickets, feedback_submissions: answers } = portal.records;
  for (const answer of answers) {
    if (answer.createdAt > '2026-04-01') add(answer, groups[answer.properties.hs_response_group ?? ''] ?? 0);
  }
  for (const ticket of tickets.filter(({ createdAt }) => createdAt > '2026-07-01')) {
    const late = ['1', '4'].includes(ticket.properties.hs_time_to_close_sla_status ?? '');
    add(ticket, (late ? 0.8 : 0.2) + (ticket.properties.hs_ticket_reopened_at ? 0.8 : 0));
  }
  for (const { id, properties } of [...contacts, ...companies]) {
    const change = Number(properties.product_usage_30d) / Number(properties.product_usage_prior_30d);
    if (change > 0 && change < Number.POSITIVE_INFINITY) points.set(id, (points.get(id) ?? 0) - 6 * Math.log(change));
  }
  return points;
}

/** Share of leavers among the eighth with most points, over the share among all. */
function lift(world: World): number {
  const shares = worlds[world].map(({ portal, truth }) => {
    const points = worry(portal);
    const ranked = customersOf(truth).toSorted((a, b) => (points.get(b.id) ?? 0) - (points.get(a.id) ?? 0));
    const leaving = (of: typeof ranked) => mean(of.map(({ leaves }) => (leaves ? 1 : 0)));
    return leaving(ranked.slice(0, Math.round(ranked.length / 8))) / leaving(ranked);
  });
  return mean(shares);
}

/** Share of decided expansion deals that were won, among customers above and below the middle rating. */
function wonGap(world: World): number {
  const decided = worlds[world].flatMap(({ portal }) => {
    const ratings = lastRatings(portal);
    return portal.records.deals
      .filter(({ properties }) => properties.dealname?.startsWith('Expansion') && properties.hs_is_closed === 'true')
      .flatMap((deal) => {
        const rating = ratings.get(associatedIds(deal, 'companies')[0] ?? associatedIds(deal, 'contacts')[0] ?? '');
        return rating === undefined
          ? []
          : [{ happy: rating >= 8, won: deal.properties.hs_is_closed_won === 'true' ? 1 : 0 }];
      });
  });
  const of = (happy: boolean) => mean(decided.filter((each) => each.happy === happy).map(({ won }) => won));
  return of(true) - of(false);
}

describe.each(['real', 'null'] as const)('in the %s world', (world) => {
  test('about one customer in ten leaves within 90 days', () => {
    for (const { truth } of worlds[world]) {
      const share = mean(customersOf(truth).map(({ leaves }) => (leaves ? 1 : 0)));
      expect(share).toBeGreaterThan(0.075);
      expect(share).toBeLessThan(0.145);
    }
  });

  test('what will happen is not written on any record', () => {
    for (const { portal } of worlds[world]) {
      const told = [...portal.records.contacts, ...portal.records.companies].map((record) => record.properties);
      expect(told.filter(({ customer_until: until }) => until && until >= asOf)).toEqual([]);
    }
  });
});

describe('who leaves', () => {
  test('was less satisfied where experience decides', () => {
    expect(hiddenAuc('real')).toBeGreaterThan(0.75);
    expect(hiddenAuc('real')).toBeLessThan(0.9);
  });

  test('was as satisfied as anybody where chance decides', () => {
    expect(Math.abs(hiddenAuc('null') - 0.5)).toBeLessThan(0.06);
  });

  test('gave lower ratings where experience decides, and the same where chance does', () => {
    expect(ratingGap('real')).toBeLessThan(-0.8);
    expect(Math.abs(ratingGap('null'))).toBeLessThan(0.4);
  });
});

describe('a rule of thumb', () => {
  test('finds leavers at twice the base rate among the eighth it is most worried about, where experience decides', () => {
    expect(lift('real')).toBeGreaterThan(2);
  });

  test('finds nothing where chance decides', () => {
    expect(lift('null')).toBeLessThan(1.4);
  });
});

describe('who buys more', () => {
  test('gave higher ratings where experience decides', () => {
    expect(wonGap('real')).toBeGreaterThan(0.08);
  });

  test('is anybody where chance decides', () => {
    expect(Math.abs(wonGap('null'))).toBeLessThan(0.08);
  });
});
