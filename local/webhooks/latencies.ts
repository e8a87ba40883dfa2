import type { ReportedLatency } from '#contract/report.ts';
import { quantile } from '#domain/statistics/quantile.ts';
import type { Store } from '#pipeline/ports.ts';

/** The state document of the last latencies, in milliseconds, oldest first. */
const latenciesState = 'webhook latencies';
const kept = 1000;

/** Adds latencies to those that are kept; answers what all of them come to, null before the first. */
export async function rememberLatencies(store: Store, latenciesMs: readonly number[]): Promise<ReportedLatency | null> {
  const before = (await store.readState<readonly number[]>(latenciesState)) ?? [];
  const all = [...before, ...latenciesMs].slice(-kept);
  if (latenciesMs.length > 0) await store.saveState(latenciesState, all);
  return latencyOf(all);
}

/** Median, 95 % and 99 % of latencies; null of none. */
export function latencyOf(latenciesMs: readonly number[]): ReportedLatency | null {
  if (latenciesMs.length === 0) return null;
  const ascending = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(quantile(ascending, share) ?? 0);
  return { n: ascending.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
