import type { ReportedMetric, RunOverview, RunReport } from '#contract/report.ts';
import { parseAsOf, parseWindow } from '#domain/metrics/window.ts';
import { recordKinds } from '#domain/records/record.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { portalZone } from '#pipeline/connector.ts';
import { measurePortal, type PortalFigure } from '#pipeline/measure-portal.ts';
import type { CallCount } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { scoreCustomers } from '#pipeline/score-customers.ts';
import { type WriteReport, writeBack } from '#pipeline/write-back.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { fewestCalls } from './fewest-calls.ts';
import { objectNames } from './object-names.ts';
import { scoresOverview } from './scores-overview.ts';
import type { Session } from './session.ts';

export interface RunOptions {
  /** Default: the portal's own. */
  readonly window?: string;
  /** A date or instant; scores and writes are left out then. */
  readonly asOf?: string;
  readonly write: boolean;
}

export interface RunResult {
  readonly overview: RunOverview;
  /** The fewest calls that could have read the same. */
  readonly floor: number;
}

/** The whole chain once: pull, compute, score, write, and what it came to. */
export async function runOnce(session: Session, options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  const { connector } = session;
  const { store, crm } = connector;
  const before = crm.calls();
  await refuseUnknownProperties(session);

  const pulled = await pullChanges(connector);
  const zone = await portalZone(store);
  const now = session.asOf();
  const asOf = options.asOf === undefined ? now : parseAsOf(options.asOf, zone);
  if (asOf > now)
    throw new RangeError(`--as-of ${options.asOf} lies after ${new Date(now).toISOString()}, the last moment known.`);
  const past = asOf < now;
  const asked = options.window ?? session.defaultWindow;
  const window = parseWindow(asked, { asOf, zone });

  await computeMetrics(connector, { asOf: now });
  const figures = await measurePortal(connector, { window, asOf });
  await scoreCustomers(connector, { asOf: now });
  const beforeWriting = crm.calls().byKind['write'] ?? 0;
  const writes = await writeBack(connector, { mode: options.write && !past ? 'write' : 'plan' });
  const writeCalls = (crm.calls().byKind['write'] ?? 0) - beforeWriting;

  const { scores, atRisk, upsell, customers } = await scoresOverview(connector);
  const report: RunReport = {
    portal: session.name,
    asOf: new Date(asOf).toISOString(),
    window: asked,
    records: await countRecords(session),
    metrics: Object.fromEntries(figures.map((figure) => [figure.key, reported(figure)])),
    scores,
    writeBack: {
      planned: writes.planned,
      written: writes.written,
      kept: customers - writes.planned,
      refused: writes.refused.length,
      calls: writeCalls,
    },
    apiCalls: since(before, crm.calls()),
    durationMs: Math.round(performance.now() - startedAt),
  };
  const unavailable = Object.entries(pulled.kinds).flatMap(([kind, { unavailable: because }]) =>
    because ? [`${objectNames[kind as keyof typeof objectNames]}: ${because}`] : [],
  );
  return {
    overview: { report, atRisk, upsell, refused: refusedRows(writes), unavailable },
    floor: fewestCalls(pulled, writes),
  };
}

/** Properties named in the configuration must exist: HubSpot leaves unknown names out without a word. */
async function refuseUnknownProperties({ connector }: Session): Promise<void> {
  const unknown = await connector.crm.undefinedProperties();
  if (unknown.length > 0)
    throw new ConfigurationError(
      `The configuration names properties this portal does not have: ${unknown.join(', ')}.`,
      'Correct the names in connector.config.ts (internal names, as in Settings > Properties), or create the properties.',
    );
}

async function countRecords({ connector: { store } }: Session): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of recordKinds) counts[objectNames[kind]] = await store.countRecords(kind);
  return counts;
}

function reported({ metric, measurement }: PortalFigure): ReportedMetric {
  const { n } = measurement;
  if (measurement.status === 'not_measured') return { value: null, n, because: measurement.because, unit: metric.unit };
  const { value, numerator, interval, maturing } = measurement;
  return {
    value,
    n,
    ...(numerator !== undefined && { numerator }),
    ...(interval && { interval: [interval.low, interval.high] as const }),
    ...(maturing !== undefined && { maturing }),
    unit: metric.unit,
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

const refusedRows = ({ refused }: WriteReport): RunOverview['refused'] =>
  refused.map(({ kind, id, because, remedy }) => ({ record: `${kind} ${id}`, because, remedy }));
