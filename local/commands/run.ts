import { Command, Option } from 'commander';
import { forecastBackfill, isBackfillDue } from '#pipeline/forecast.ts';
import { forecastText } from '../forecast-text.ts';
import { progressPrinter } from '../progress.ts';
import { reportJson } from '../report-json.ts';
import { type RunOptions, runOnce } from '../run-once.ts';
import { openSession, type Session } from '../session.ts';
import { stayUp } from '../stay-up.ts';
import { summary } from '../summary.ts';
import { whereToLook } from '../where-to-look.ts';
import { chosenPortal, type PortalChoice, port, portalOptions, positive, typed } from './options.ts';

interface RunFlags extends PortalChoice {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly window?: string;
  readonly asOf?: string;
  readonly write?: boolean;
  readonly port: number;
  /** Seconds. */
  readonly every?: number;
}

/** `cx run`: the whole chain, once or for as long as it stays up. */
export const runCommand = new Command('run')
  .description('pull, compute metrics and scores, write them back, and show the result')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.fresh)
  .addOption(portalOptions.backfill)
  .option('--once', 'stop when done; the demo portal does not live on')
  .option('--json', 'print one JSON document to standard output and nothing else there; implies --once')
  .option('--window <window>', '90d, 12w, 6m, 2026, 2026-Q3, 2026-09, 2026-09-01..2026-09-30 or all')
  .option('--as-of <date>', 'measure as of this date (00:00 in the portal’s time zone) or instant; writes nothing')
  .option('--write', 'write scores to your own HubSpot portal; without it the plan is only counted')
  .option('--no-write', 'only count the plan on a simulated portal too')
  .addOption(new Option('--port <port>', 'of the page on this machine').argParser(port).default(4600))
  .addOption(new Option('--every <seconds>', 'how often to look for changes').argParser(positive).hideHelp())
  .action(async (flags: RunFlags) => {
    const printer = progressPrinter(process.stderr, () => performance.now());
    const session = await openSession({
      ...flags,
      portal: chosenPortal(flags),
      fresh: flags.fresh ?? false,
      onProgress: printer.show,
    });
    try {
      const options = runOptions(flags, session);
      await foretell(session);
      const result = await runOnce(session, options);
      printer.end();
      if (flags.json) process.stdout.write(`${reportJson(result.overview.report)}\n`);
      else process.stdout.write(`${summary(result)}\n${whereToLook(result.overview, session, typed(flags))}`);
      if (flags.once || flags.json) return;
      const everyMs = flags.every === undefined ? session.tickMs : flags.every * 1000;
      await stayUp(session, options, result, { everyMs, port: flags.port });
    } finally {
      await session.close();
    }
  });

/** Says what a backfill will take before it starts, to standard error: the results may be read by a program. */
async function foretell({ connector }: Session): Promise<void> {
  if (!(await isBackfillDue(connector))) return;
  await connector.crm.account();
  const forecast = await forecastBackfill(connector);
  if (forecast) process.stderr.write(`${forecastText(forecast)}\n`);
}

const runOptions = ({ window, asOf, write }: RunFlags, session: Session): RunOptions => ({
  ...(window !== undefined && { window }),
  ...(asOf !== undefined && { asOf }),
  write: write ?? session.simulated,
  release: write ?? false,
});
