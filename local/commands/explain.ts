import { Argument, Command } from 'commander';
import type { Norms } from '#domain/scores/norms.ts';
import { scoreReads } from '#domain/scores/observe.ts';
import { staleness, unavailableKinds } from '#pipeline/availability.ts';
import { portalZone } from '#pipeline/connector.ts';
import { customersAround } from '#pipeline/customers.ts';
import type { CustomerKind } from '#pipeline/ports.ts';
import { normsState } from '#pipeline/score-customers.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { explanationText } from '../explanation-text.ts';
import { openReadingSession } from '../session.ts';
import { chosenPortal, type PortalChoice, portalOptions } from './options.ts';

/** `cx explain contact <id>`: the facts, measurements and arithmetic behind one customer's scores. */
export const explainCommand = new Command('explain')
  .description('print the facts, measurements and arithmetic behind the scores of one contact or company')
  .addArgument(new Argument('<kind>', 'contact or company').choices(['contact', 'company']))
  .argument('<id>', 'HubSpot record id')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .addOption(portalOptions.config)
  .action(async (kind: CustomerKind, id: string, choice: PortalChoice) => {
    const { name, store, config, close } = await openReadingSession({ ...choice, portal: chosenPortal(choice) });
    try {
      const zone = await portalZone(store);
      const known = /^\d+$/.test(id) ? (await customersAround(store, [{ kind, id }]))[kind].get(id) : undefined;
      const stale = staleness(await unavailableKinds(store), scoreReads);
      const norms = await store.readState<Norms>(normsState);
      if (!known?.score || !norms)
        throw new ConfigurationError(
          `There is no scored ${kind} ${id} in portal ${name}.`,
          'Check the id (the number at the end of the record’s address in HubSpot) and run `npm start` once before.',
        );
      process.stdout.write(explanationText(known, known.score, { norms, zone, language: config.language, stale }));
    } finally {
      await close();
    }
  });
