import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attribution, attributions } from '#domain/metrics/attribution.ts';
import { catalogue } from '#domain/metrics/catalogue.ts';
import {
  type Bucket,
  bucketsDirtiedBy,
  bucketsOf,
  contributionsOfDay,
  type DayContributions,
  maturingDays,
  presentDays,
} from '#domain/metrics/day-buckets.ts';
import { daysOf } from '#domain/metrics/day-range.ts';
import { attributionsOfMetric, isFactMetric } from '#domain/metrics/fact-contribution.ts';
import { followersAmong } from '#domain/metrics/followers.ts';
import { measureFacts } from '#domain/metrics/measure.ts';
import { parseWindow } from '#domain/metrics/window.ts';
import type { Fact, Instant } from '#domain/records/record.ts';
import { type Zone, zoneOf } from '#domain/time/zone.ts';
import { anyFacts } from './arbitrary-facts.ts';
import { newYork } from './everything.ts';
import { answer, at, ticket } from './facts.ts';

const asOf = at('2026-03-25T12:00:00Z');
const nameOf = ({ attribution, day }: Bucket): string => `${attribution} ${day}`;

/** The contributions of every bucket that holds a fact, as they are kept. */
function computeBuckets(facts: readonly Fact[], { dayOf }: Zone, asOf: Instant): Map<string, DayContributions> {
  const buckets = new Map<string, { readonly bucket: Bucket; readonly facts: Fact[] }>();
  for (const fact of facts)
    for (const bucket of bucketsOf(fact, dayOf)) {
      const place = buckets.get(nameOf(bucket)) ?? { bucket, facts: [] };
      place.facts.push(fact);
      buckets.set(nameOf(bucket), place);
    }
  const followersOf = followersAmong(facts);
  return new Map(
    [...buckets].map(([name, { bucket, facts }]) => {
      const contributions = contributionsOfDay(bucket.attribution, facts, followersOf, { asOf });
      return [name, JSON.parse(JSON.stringify(contributions))];
    }),
  );
}

describe('days of contributions', () => {
  const zones = fc.constantFrom('America/New_York', 'Asia/Shanghai', 'US/Eastern', 'Europe/Berlin').map(zoneOf);
  const windows = fc.constantFrom('all', '7d', '2026-03', '2026-02', '2026-03-08..2026-03-09');

  test('give every metric the same answer as all facts at once, in any window and time zone', () => {
    fc.assert(
      fc.property(anyFacts, zones, windows, (facts, zone, text) => {
        const window = parseWindow(text, { asOf, zone });
        const kept = [...computeBuckets(facts, zone, asOf)];
        for (const metric of catalogue.filter(isFactMetric)) {
          const { from, to, undated } = daysOf(metric, window, zone.dayOf);
          const days = kept
            .filter(([name]) => attributionsOfMetric(metric).includes(name.split(' ')[0] as Attribution))
            .filter(([name]) => {
              const day = name.split(' ')[1] ?? '';
              return day === 'undated' ? undated : (from === null || day >= from) && day <= to;
            })
            .map(([, contributions]) => contributions);
          expect(presentDays(metric, days), metric.id).toEqual(measureFacts(metric, facts, { window, asOf }));
        }
      }),
    );
  });

  test('change only where a new fact says so', () => {
    fc.assert(
      fc.property(anyFacts, zones, fc.nat(), (facts, zone, pick) => {
        const added = facts[pick % Math.max(1, facts.length)];
        fc.pre(added !== undefined);
        const before = computeBuckets(
          facts.filter((fact) => fact !== added),
          zone,
          asOf,
        );
        const after = computeBuckets(facts, zone, asOf);
        const changed = [...after].filter(([name, now]) => JSON.stringify(now) !== JSON.stringify(before.get(name)));
        const dirtied = bucketsDirtiedBy(added, zone.dayOf).map(nameOf);
        for (const [name] of changed) expect(dirtied).toContain(name);
      }),
    );
  });

  test('change with time alone only within the longest follow-up', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const later = asOf + 100 * 24 * 3_600_000;
        // What has not happened yet at the earlier moment is another matter.
        const known = facts.filter((fact) =>
          bucketsOf(fact, (at) => String(at)).every(({ day }) => !(Number(day) >= asOf)),
        );
        const settled = newYork.dayOf(asOf - (maturingDays + 1) * 24 * 3_600_000);
        const now = computeBuckets(known, newYork, asOf);
        for (const [name, contributions] of computeBuckets(known, newYork, later)) {
          if (!name.startsWith('ticket.closed') || (name.split(' ')[1] ?? '') >= settled) continue;
          expect(now.get(name)).toEqual(contributions);
        }
      }),
    );
  });
});

describe('the buckets of a fact', () => {
  const opened = at('2026-03-02T03:00:00Z');

  test('are the days it was opened and closed on, in the time zone of the portal', () => {
    const done = ticket({ openedAt: opened, closedAt: at('2026-03-04T12:00:00Z') });
    expect(bucketsOf(done, newYork.dayOf)).toEqual([
      { attribution: 'ticket.opened', day: '2026-03-01' },
      { attribution: 'ticket.closed', day: '2026-03-04' },
    ]);
    expect(bucketsDirtiedBy(done, newYork.dayOf)).toEqual(bucketsOf(done, newYork.dayOf));
  });

  test('are undated where it has no date, and none where it does not count', () => {
    expect(bucketsOf(ticket(), newYork.dayOf)).toEqual([{ attribution: 'ticket.opened', day: 'undated' }]);
    expect(bucketsOf(answer(), newYork.dayOf)).toEqual([{ attribution: 'answer.answered', day: 'undated' }]);
  });

  test('dirtied by an answer about a ticket are those of the closings up to 14 days before', () => {
    const about = answer({ answeredAt: at('2026-02-20T17:00:00Z'), links: { ticket: ['1'] } });
    const closings = bucketsDirtiedBy(about, newYork.dayOf).filter(
      ({ attribution }) => attribution === 'ticket.closed',
    );
    expect(closings.map(({ day }) => day)).toEqual(
      Array.from({ length: 15 }, (_, index) => newYork.dayOf(at('2026-02-06T17:00:00Z') + index * 24 * 3_600_000)),
    );
  });

  test('dirtied across a change of clocks begin a day earlier where the hour asks for it', () => {
    const about = answer({ answeredAt: at('2026-03-15T04:30:00Z'), links: { ticket: ['1'] } });
    const [, first] = bucketsDirtiedBy(about, newYork.dayOf);
    expect(first).toEqual({ attribution: 'ticket.closed', day: '2026-02-28' });
  });

  test('dirtied by an answer about no ticket are its own only', () => {
    const alone = answer({ answeredAt: opened });
    expect(bucketsDirtiedBy(alone, newYork.dayOf)).toEqual(bucketsOf(alone, newYork.dayOf));
  });
});

test('every attribution has a metric that counts by it', () => {
  const used = new Set(catalogue.flatMap(attributionsOfMetric));
  expect([...used].toSorted()).toEqual(Object.keys(attributions).toSorted());
});
