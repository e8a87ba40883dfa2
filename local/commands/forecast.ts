import { Command } from 'commander';
import { forecastBackfill } from '#pipeline/forecast.ts';
import { forecastText } from '../forecast-text.ts';
import { openSession } from '../session.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

interface ForecastFlags extends PortalChoice {
  readonly json?: boolean;
}

/** `cx forecast`: what reading the portal the first time would take, from a search that counts each kind. */
export const forecastCommand = new Command('forecast')
  .description('say what reading the portal the first time will take: calls, minutes, cost; reads nothing')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .addOption(portalOptions.backfill)
  .option('--json', 'print one JSON document')
  .action(async ({ json, ...choice }: ForecastFlags) => {
    const session = await openSession({ ...choice, portal: chosenPortal(choice), fresh: false });
    try {
      await session.connector.crm.account();
      const forecast = await forecastBackfill(session.connector);
      process.stdout.write(`${json ? JSON.stringify(forecast, null, 2) : forecastText(forecast)}\n`);
    } finally {
      await session.close();
    }
  });
