import { pageSizes } from '#local/simulator/facts/limits.ts';
import type { Plan, Timed } from './plan/plan.ts';
import { planOf } from './plan/plan-of.ts';
import { play } from './play/play.ts';
import { openTables } from './play/tables.ts';
import { findingsOf } from './story.ts';
import { totalOf } from './verdict/floor.ts';
import { isFaultless } from './verdict/verdict.ts';

const minute = 60_000;
/** More than a search of HubSpot's can show (10,000), whatever its pages. */
const records = 10_050;

/** An import that gives more records than a search can show one millisecond, at HubSpot's own page sizes. */
function stormPlan(seed: number): Plan {
  const { portal } = planOf(seed);
  const at = 5 * minute;
  const deeds = Array.from({ length: records }, (_, index): Timed => {
    const id = String(800_000_000_000 + index);
    const properties = { hs_call_status: 'COMPLETED', hs_timestamp: '2026-08-31T09:00:00.000Z' };
    return { at, do: 'create', type: 'calls', id, properties, associations: {} };
  });
  return {
    seed,
    portal: { ...portal, definition: { ...portal.definition, mappings: {} } },
    pageSizes,
    backfill: 'frugal',
    deeds,
    polls: [0, 15, 30].map((minutes) => ({ at: minutes * minute })),
    quietFrom: 2,
    rereadFrom: 0,
    crashes: [{ poll: 1, step: 60, halfway: true }],
    faults: {},
    latencyMs: [150, 600],
  };
}

/** Plays the storm once: everything arrives, although our process dies in the middle of it. */
export async function tieStorm(seed: number): Promise<{ readonly line: string; readonly good: boolean }> {
  const tables = await openTables();
  try {
    const outcome = await play(stormPlan(seed), tables);
    const good = isFaultless(outcome);
    const counts = `lost ${outcome.lost.length}, phantom ${outcome.phantom.length}, stale ${outcome.stale.length}`;
    const line = `Tie storm, ${records} records on one millisecond, full pages, one crash: ${counts}, ${outcome.calls} calls for ${totalOf(outcome.floor)}`;
    return { line: [line, ...findingsOf(outcome)].join('\n'), good };
  } finally {
    await tables.close();
  }
}
