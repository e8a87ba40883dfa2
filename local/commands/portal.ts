import { Command } from 'commander';
import { writePortalDirectory } from '../portals/directory.ts';
import { openPortal, realDataDirectory } from '../portals/index.ts';
import { objectTypes } from '../portals/portal.ts';
import { type PortalChoice, portalOptions } from './options.ts';

/** `cx portal <directory>`: a portal as plain files, to look at, change and run. */
export const portalCommand = new Command('portal')
  .description('write a portal as a directory of plain files (docs/portal-format.md)')
  .argument('<directory>', 'where to write it')
  .addOption(portalOptions.portal)
  .addOption(portalOptions.seed)
  .addOption(portalOptions.scale)
  .action(async (directory: string, { portal = 'demo', seed, scale }: PortalChoice) => {
    const found = await openPortal(portal, {
      realDataDir: realDataDirectory(process.env),
      ...(seed !== undefined && { seed }),
      ...(scale !== undefined && { scale }),
    });
    await writePortalDirectory(directory, found);
    const counts = objectTypes.map((type) => `${found.records[type].length} ${type}`).join(', ');
    process.stdout.write(`${directory}: ${counts}. Run it with: npm start -- --portal ${directory}\n`);
  });
