import type { ReconcileReport } from '#pipeline/reconcile.ts';

const counts = {
  RecordsCompared: 'checked',
  RecordsMissing: 'missing',
  RecordsExtra: 'extra',
  RecordsDifferent: 'different',
  RecordsRepaired: 'repaired',
} as const;

/** How far the table was from HubSpot, all kinds together, as metrics; by kind it stands in the log. */
export function driftFigures({ kinds, skipped }: ReconcileReport): Readonly<Record<string, number>> {
  const found = Object.values(kinds);
  const sums = Object.entries(counts).map(([metric, count]) => [
    metric,
    found.reduce((sum, kind) => sum + kind[count], 0),
  ]);
  return { ...Object.fromEntries(sums), KindsNotCompared: Object.keys(skipped).length };
}
