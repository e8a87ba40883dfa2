import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hubSpotCrm } from '#hubspot/crm.ts';
import { startSimulator } from '#local/simulator/simulator.ts';
import { virtualClock } from '#local/virtual-clock.ts';
import { locateDifferences } from '#pipeline/reconciling/locate.ts';
import { readConfig } from '#platform/read-config.ts';
import { record, smallPortal } from '#test/simulator/small-portal.ts';

const many = Array.from({ length: 700 }, (_, index) => String(1000 + 3 * index));

test('counts lead to the records that are on one side only, in a few calls among many', async () => {
  const portal = smallPortal({ contacts: many.map((id) => record(id)) });
  const clock = virtualClock(Date.parse(portal.definition.asOf));
  const simulator = await startSimulator({ portal, clock, limits: 'off', pageSizes: { search: 20 } });
  const crm = hubSpotCrm({
    baseUrl: simulator.url,
    accessToken: simulator.accessToken,
    config: readConfig({}),
    clock,
    sizes: { search: 20 },
  });
  const found = async (kept: readonly string[], budget = 60) => {
    const before = crm.calls().total;
    const ids = await locateDifferences(crm, 'contact', kept, { budget });
    return { ids: ids.sort(), calls: crm.calls().total - before };
  };
  try {
    expect(await found(many)).toEqual({ ids: [], calls: 2 });
    const [first = '', tenth = '', later = '', last = ''] = [many[0], many[10], many[500], many.at(-1)];
    // Halving 700 records down to a page of 20 takes six cuts.
    const one = await found(many.filter((id) => id !== later));
    expect(one).toEqual({ ids: [later], calls: expect.toSatisfy((n) => n <= 8) });
    const ends = await found(many.filter((id) => id !== first && id !== last));
    expect(ends.ids).toEqual([first, last].sort());
    // One too many and one too few make the counts agree: that is for the sample to find.
    expect((await found([...many.filter((id) => id !== tenth), '9999'])).ids).toEqual([]);
    expect((await found([])).ids).toEqual(many.slice(0, 20).sort());

    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(699), { maxLength: 6 }),
        fc.uniqueArray(fc.nat(699), { maxLength: 3 }),
        async (missing, extra) => {
          const gone = new Set(missing.map((at) => many[at]));
          const kept = [...many.filter((id) => !gone.has(id)), ...extra.map((at) => String(1001 + 3 * at))];
          const { ids, calls } = await found(kept.sort((a, b) => Number(a) - Number(b)));
          const differing = new Set([...gone, ...extra.map((at) => String(1001 + 3 * at))]);
          // What is named does differ; one missing and one left over close together may hide each other.
          for (const id of ids) expect(differing).toContain(id);
          if (missing.length === 0 || extra.length === 0) expect(new Set(ids)).toEqual(differing);
          expect(calls).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: 30 },
    );
    expect(
      (
        await found(
          many.filter((_, at) => at % 50 !== 0),
          10,
        )
      ).calls,
    ).toBe(10);
  } finally {
    await simulator.close();
  }
});
