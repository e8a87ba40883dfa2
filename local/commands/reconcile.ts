import Table from 'cli-table3';
import { Command } from 'commander';
import type { ReportedDrift } from '#contract/report.ts';
import type { CallCount } from '#pipeline/ports.ts';
import { pullChanges } from '#pipeline/pull-changes.ts';
import { reconcile } from '#pipeline/reconcile.ts';
import { plainTable } from '../plain-table.ts';
import { progressPrinter } from '../progress.ts';
import { reportedDrift } from '../reported-sync.ts';
import { openSession } from '../session.ts';
import { driftLine } from '../sync-lines.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

interface ReconcileFlags extends PortalChoice {
  readonly full?: boolean;
  readonly json?: boolean;
}

/** `cx reconcile`: what is stored against HubSpot's own table. */
export const reconcileCommand = new Command('reconcile')
  .description(
    'pull, then compare what is stored with HubSpot: counts, fields and links; repair and report what differs',
  )
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.table)
  .option('--full', 'compare every record; without it a random sample of some hundred of each kind')
  .option('--json', 'print one JSON document to standard output and nothing else there')
  .action(async ({ full, json, ...choice }: ReconcileFlags) => {
    const printer = progressPrinter(process.stderr, () => performance.now());
    const session = await openSession({
      ...choice,
      portal: chosenPortal(choice),
      fresh: false,
      onProgress: printer.show,
    });
    try {
      const { turns, connector } = session;
      const { crm } = connector;
      // What was not pulled yet is no drift.
      await turns((deadline) => pullChanges(connector, deadline));
      const before = crm.calls();
      const drift = reportedDrift(
        await turns((deadline) => reconcile(connector, { full: full ?? false, ...deadline })),
      );
      printer.end();
      process.stdout.write(json ? `${JSON.stringify(drift, null, 2)}\n` : told(drift, byKind(before, crm.calls())));
    } finally {
      await session.close();
    }
  });

const count = (n: number): string => n.toLocaleString('en');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const numbers = [
  'Kept',
  'HubSpot',
  'Compared',
  'Missing',
  'Left over',
  'Different',
  'Repaired',
  'Share',
  '95 % interval',
];

function told(drift: ReportedDrift, calls: string): string {
  const table = new Table(plainTable(['', ...numbers], numbers));
  for (const [name, found] of Object.entries(drift.kinds)) {
    const { kept, counted, checked, missing, extra, different, repaired, share, interval } = found;
    table.push([
      name.replaceAll('_', ' '),
      ...[kept, counted, checked, missing, extra, different, repaired].map(count),
      share === null ? '' : percent(share),
      interval === null ? '' : interval.map(percent).join(' to '),
    ]);
  }
  const skipped = Object.entries(drift.skipped).map(([name, because]) => `Not compared: ${name}. ${because}\n`);
  const what = drift.mode === 'full' ? 'every record' : 'a random sample of each kind';
  return [
    `${what[0]?.toUpperCase()}${what.slice(1)}, ${count(drift.calls)} calls to HubSpot (${calls})\n\n`,
    `${table.toString()}\n\n`,
    ...skipped,
    `Drift: ${driftLine({ stale: {}, quarantined: 0, drift })}.\n`,
    'Share: of the records kept, how many were left over or different. What was repaired counts from the next run on.\n',
  ].join('');
}

const byKind = ({ byKind: before }: CallCount, { byKind: after }: CallCount): string =>
  Object.entries(after)
    .flatMap(([kind, n]) => (n > (before[kind] ?? 0) ? [`${count(n - (before[kind] ?? 0))} ${kind}`] : []))
    .join(', ');
