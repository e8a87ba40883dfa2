import type { Plan } from './plan/plan.ts';
import { planOf } from './plan/plan-of.ts';
import { type Outcome, type Playing, play } from './play/play.ts';
import { shrunk } from './play/shrink.ts';
import { openTables, type Tables } from './play/tables.ts';
import { isFaultless } from './verdict/verdict.ts';

/** Plays that go into finding the smallest plan that still fails. */
const playsToShrink = 150;
/** Findings that are shown; one mistake usually has many. */
const shown = 12;

/** What is wrong with an outcome, the first few. */
export function findingsOf({ lost, phantom, stale, broken }: Outcome): string[] {
  const all = Object.entries({ lost, phantom, stale, broken }).flatMap(([what, list]) =>
    list.map((each) => `  ${what}: ${each}`),
  );
  return [...all.slice(0, shown), ...(all.length > shown ? [`  and ${all.length - shown} more`] : [])];
}

const sizeOf = ({ portal, deeds, crashes, faults }: Plan): string => {
  const records = Object.values(portal.records).reduce((sum, list) => sum + list.length, 0);
  const kinds = Object.keys(faults.rates ?? {}).length;
  return `${records} records, ${deeds.length} deeds, ${crashes.length} crashes, ${kinds} kinds of faults`;
};

/** The story of the smallest plan found that still fails, in order, and what was wrong at its end. */
export async function minimised(plan: Plan, tables: Tables, playing: Playing, plays = playsToShrink): Promise<string> {
  const fails = async (candidate: Plan): Promise<boolean> => !isFaultless(await play(candidate, tables, playing));
  const smallest = await shrunk(plan, fails, plays);
  const least = await play(smallest, tables, playing);
  return [
    `The least that still fails (${sizeOf(smallest)}, of ${sizeOf(plan)}):`,
    ...Object.entries(smallest.portal.records).flatMap(([type, records]) =>
      records.length > 0 ? [`  ${type} at first: ${records.map(({ id }) => id).join(', ')}`] : [],
    ),
    ...least.story,
    'and then:',
    ...findingsOf(least),
  ].join('\n');
}

/** A failed seed for people: what was wrong, whether it goes the same way again, and the least that still fails. */
export async function storyOf(failed: Outcome, count: number): Promise<string> {
  const { seed, reconciling } = failed;
  const tables = await openTables();
  try {
    const plan = planOf(seed);
    const again = await play(plan, tables, { reconciling });
    const how = `npm run torture -- --from ${seed} --seeds 1${reconciling ? ' --reconcile' : ''}`;
    return [
      '',
      `${count} failed; the first is seed ${seed} (${how}):`,
      ...findingsOf(failed),
      again.digest === failed.digest
        ? 'Its replay went the same way.'
        : 'Its replay went ANOTHER way: that is a mistake of the harness.',
      ...(isFaultless(again) ? [] : [await minimised(plan, tables, { reconciling })]),
      '',
    ].join('\n');
  } finally {
    await tables.close();
  }
}
