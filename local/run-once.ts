import type { ReportedMetric, ReportedScores, RunOverview, RunReport } from '#contract/report.ts';
import { parseAsOf, parseWindow } from '#domain/metrics/window.ts';
import { recordKinds } from '#domain/records/record.ts';
import { scoreReads } from '#domain/scores/observe.ts';
import { type Zone, zoneOf } from '#domain/time/zone.ts';
import { staleness, unavailableKinds } from '#pipeline/availability.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { bindAccount } from '#pipeline/connector.ts';
import { measurePortal, type PortalFigure } from '#pipeline/measure-portal.ts';
import type { CallCount } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoresAsOf } from '#pipeline/score-as-of.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { writeBack } from '#pipeline/write-back.ts';
import { releaseWriting } from '#pipeline/writing-hold.ts';
import { fewestCalls } from './fewest-calls.ts';
import { objectNames } from './object-names.ts';
import { reportedStaleness, reportedSync } from './reported-sync.ts';
import { scoresOverview, storedScores } from './scores-overview.ts';
import type { Session } from './session.ts';
import { rememberLatencies } from './webhooks/latencies.ts';

export interface RunOptions {
  /** Default: the portal's own. */
  readonly window?: string;
  /** A date or instant; nothing is written then. */
  readonly asOf?: string;
  readonly write: boolean;
  /** Writes go on although an undo holds them back. */
  readonly release?: boolean;
}

export interface RunResult {
  readonly overview: RunOverview;
  /** The fewest calls that could have read the same. */
  readonly floor: number;
  /** Why records were left as they are, with how many. */
  readonly kept: Readonly<Record<string, number>>;
}

/** The whole chain once: pull, compute, score, write, and what it came to. */
export async function runOnce(session: Session, options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  const { connector } = session;
  const { crm } = connector;
  const before = crm.calls();
  const { timeZone } = await bindAccount(connector);
  const zone = zoneOf(timeZone);
  period(session, options, zone);

  const pulled = await pullChanges(connector);
  const { now, asOf, asked, window } = period(session, options, zone);

  await computeMetrics(connector, { asOf: now });
  const figures = await measurePortal(connector, { window, asOf });
  if (options.release) await releaseWriting(connector.store);
  await scoreCustomers(connector, { asOf: now });
  const past = asOf !== now;
  const beforeWriting = crm.calls().byKind['write'] ?? 0;
  const writes = await writeBack(connector, { mode: options.write && !past ? 'write' : 'plan' });
  const writeCalls = (crm.calls().byKind['write'] ?? 0) - beforeWriting;

  const latency = await rememberLatencies(connector.store, writes.latenciesMs);

  const scored = past ? scoresAsOf(connector.store, asOf) : storedScores(connector.store);
  const { scores, atRisk, upsell, customers, silent } = await scoresOverview(connector, scored);
  const refused = await refusals(session);
  const kept = customers - writes.planned;
  const refusedBefore = Math.max(0, refused.length - writes.refused.length);
  const withheld = await unavailableKinds(connector.store);
  const stale = staleness(withheld, scoreReads);
  const marked = (counts: ReportedScores): ReportedScores =>
    stale ? { ...counts, stale: reportedStaleness(stale) } : counts;
  const report: RunReport = {
    portal: session.name,
    asOf: new Date(asOf).toISOString(),
    window: asked,
    records: await countRecords(session),
    metrics: Object.fromEntries(figures.map((figure) => [figure.key, reported(figure)])),
    scores: { contacts: marked(scores.contacts), companies: marked(scores.companies) },
    sync: await reportedSync(connector.store),
    writeBack: {
      planned: writes.planned,
      written: writes.written,
      kept,
      refused: writes.refused.length,
      calls: writeCalls,
      ...(latency && { latency }),
    },
    apiCalls: since(before, crm.calls()),
    durationMs: Math.round(performance.now() - startedAt),
  };
  const unavailable = Object.entries(withheld).flatMap(([kind, { because, kept }]) =>
    kept ? [] : [`${objectNames[kind as keyof typeof objectNames]}: ${because}`],
  );
  return {
    overview: { report, atRisk, upsell, refused, unavailable },
    floor: fewestCalls(pulled, writes),
    kept: {
      [writes.held ? 'are held back since the last undo' : 'hold what we want already']: kept - silent - refusedBefore,
      'never were customers and have nothing to be scored by': silent,
      'were refused by HubSpot before, and nothing changed since': refusedBefore,
    },
  };
}

/**
 * What to measure, and up to when; `now` is the last moment known. Asked before the pull too, so that a typing error costs
 * no time.
 * @throws RangeError for what is no window or moment, or lies ahead.
 */
function period(session: Session, options: RunOptions, zone: Zone) {
  const now = session.asOf();
  const asOf = options.asOf === undefined ? now : parseAsOf(options.asOf, zone);
  if (asOf > now)
    throw new RangeError(`--as-of ${options.asOf} lies after ${new Date(now).toISOString()}, the last moment known.`);
  const asked = options.window ?? session.defaultWindow;
  return { now, asOf, asked, window: parseWindow(asked, { asOf, zone }) };
}

/** Writes that HubSpot refused, in this run or before, and that nothing has changed since. */
async function refusals({ connector: { store } }: Session): Promise<RunOverview['refused']> {
  const rows: RunOverview['refused'][number][] = [];
  for await (const { kind, id, because, remedy } of store.refusals())
    rows.push({ record: `${kind} ${id}`, because, remedy });
  return rows;
}

async function countRecords({ connector: { store } }: Session): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of recordKinds) counts[objectNames[kind]] = await store.countRecords(kind);
  return counts;
}

function reported({ metric, measurement, stale }: PortalFigure): ReportedMetric {
  const { n } = measurement;
  const mark = stale ? { stale: reportedStaleness(stale) } : {};
  if (measurement.status === 'not_measured')
    return { value: null, n, because: measurement.because, unit: metric.unit, ...mark };
  const { value, numerator, interval, maturing, leftOut } = measurement;
  return {
    value,
    n,
    ...(numerator !== undefined && { numerator }),
    ...(interval && { interval: [interval.low, interval.high] as const }),
    ...(maturing !== undefined && { maturing }),
    ...(leftOut !== undefined && { leftOut }),
    unit: metric.unit,
    ...mark,
  };
}

const since = (before: CallCount, after: CallCount): CallCount => ({
  total: after.total - before.total,
  byKind: Object.fromEntries(
    Object.entries(after.byKind).flatMap(([kind, n]) =>
      n > (before.byKind[kind] ?? 0) ? [[kind, n - (before.byKind[kind] ?? 0)]] : [],
    ),
  ),
});
