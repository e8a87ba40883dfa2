import { type RecordKind, recordKinds } from '../domain/records/record.ts';
import type { Connector } from './connector.ts';
import { type AwsCost, awsCost } from './forecasting/aws-cost.ts';
import { type BackfillMode, type CallsByKind, readingForecast, totalOf } from './forecasting/backfill-calls.ts';
import type { DailyAllowance } from './ports.ts';
import { backfillMode } from './sync/backfill-mode.ts';
import { backfillLeft, type SyncProgress } from './sync/progress.ts';
import { progressName } from './sync/pull-kind.ts';
import { orRefused } from './sync/refused.ts';

/** What a backfill comes to, all its kinds together. */
export interface ForecastTotal {
  readonly calls: CallsByKind & { readonly total: number };
  /** Of today's allowance, from 0 to 1 and beyond. */
  readonly shareOfDay: number | null;
  readonly minutes: number;
  readonly cost: AwsCost;
}

/** What one kind comes to. */
export interface KindForecast {
  readonly kind: RecordKind;
  /** Still to be read. */
  readonly records: number;
  /** How it would be read now. */
  readonly mode: BackfillMode;
  readonly calls: Readonly<Record<BackfillMode, CallsByKind>>;
}

/** What reading a portal the first time will take. */
export interface BackfillForecast {
  /** Those still to be read; without those HubSpot does not give. */
  readonly kinds: readonly KindForecast[];
  readonly allowance: DailyAllowance | null;
  /** Every kind in the mode it would be read in now, and all of them in either. */
  readonly chosen: ForecastTotal;
  readonly modes: Readonly<Record<BackfillMode, ForecastTotal>>;
}

/** Whether the next pull begins or goes on with a backfill. */
export async function isBackfillDue({ store, crm }: Pick<Connector, 'store' | 'crm'>): Promise<boolean> {
  const known = await Promise.all(recordKinds.map((kind) => store.readState<SyncProgress>(progressName(kind))));
  return recordKinds.some((kind, at) => backfillLeft(known[at] ?? null, crm.reading(kind)) !== null);
}

/**
 * What the backfill takes that the next pull begins or goes on with, without pulling: a search a kind counts its records.
 * Null where none is due. Ask for the account first: its answer says what is left of the day.
 */
export async function forecastBackfill(connector: Connector): Promise<BackfillForecast | null> {
  const { crm, store } = connector;
  const kinds: KindForecast[] = [];
  for (const kind of recordKinds) {
    const left = backfillLeft(await store.readState<SyncProgress>(progressName(kind)), crm.reading(kind));
    if (left === null) continue;
    const records = left === 'all' ? await orRefused([403], crm.count(kind), null) : left;
    if (records === null) continue;
    const readings = readingsOf(connector, kind, records);
    kinds.push({
      kind,
      records,
      mode: backfillMode(connector, kind, records),
      calls: { frugal: readings.frugal.calls, fast: readings.fast.calls },
    });
  }
  if (kinds.length === 0) return null;
  const total = (modeOf: (kind: KindForecast) => BackfillMode) => totalForecast(connector, kinds, modeOf);
  return {
    kinds,
    allowance: crm.allowance(),
    chosen: total(({ mode }) => mode),
    modes: { frugal: total(() => 'frugal'), fast: total(() => 'fast') },
  };
}

function readingsOf({ crm }: Pick<Connector, 'crm'>, kind: RecordKind, records: number) {
  const linkedKinds = crm.linkedKinds(kind).length;
  const reading = { records, linkedKinds, linksPerCall: crm.linksPerCall, capacity: crm.capacity() };
  return { frugal: readingForecast.frugal(reading), fast: readingForecast.fast(reading) };
}

function totalForecast(
  connector: Connector,
  kinds: readonly KindForecast[],
  modeOf: (kind: KindForecast) => BackfillMode,
): ForecastTotal {
  const forecasts = kinds.map((each) => readingsOf(connector, each.kind, each.records)[modeOf(each)]);
  const sum = (of: (forecast: (typeof forecasts)[number]) => number): number =>
    forecasts.reduce((all, forecast) => all + of(forecast), 0);
  const calls = {
    search: sum((each) => each.calls.search),
    list: sum((each) => each.calls.list),
    associations: sum((each) => each.calls.associations),
  };
  const seconds = sum((each) => each.seconds);
  const allowance = connector.crm.allowance();
  const records = Object.fromEntries(kinds.map((each) => [each.kind, each.records]));
  return {
    calls: { ...calls, total: totalOf(calls) },
    shareOfDay: allowance && totalOf(calls) / allowance.calls,
    minutes: seconds / 60,
    cost: awsCost(records, seconds),
  };
}
