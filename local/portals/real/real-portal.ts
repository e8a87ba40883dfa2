/** Published data sets read as if they were HubSpot portals. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Portal } from '../portal.ts';
import { PortalError } from '../portal-error.ts';
import { cdnow } from './cdnow.ts';
import { npsRetail } from './nps-retail.ts';
import { telco } from './telco.ts';
import { uciIncident } from './uci-incident.ts';

/** A set: its file below the data folder, and how its rows become a portal. */
interface RealSet {
  readonly file: string;
  readonly read: (file: string) => Promise<Portal>;
}

const sets = {
  'uci-incident': { file: 'uci-incident/incident_event_log.csv.gz', read: uciIncident },
  'nps-retail': { file: 'nps-retail/nps.csv', read: npsRetail },
  cdnow: { file: 'cdnow/CDNOW_sample.txt', read: cdnow },
  telco: { file: 'telco/Telco-Customer-Churn.csv', read: telco },
} as const satisfies Readonly<Record<string, RealSet>>;

export type RealSetName = keyof typeof sets;
/** The sets that `realPortal` knows. */
export const realSetNames = Object.keys(sets) as readonly RealSetName[];

export const isRealSetName = (name: string): name is RealSetName => Object.hasOwn(sets, name);

/** Reads one of the sets from `dataDir`; an error says where the files belong when they are not there. */
export async function realPortal(name: RealSetName, dataDir: string): Promise<Portal> {
  const { file, read } = sets[name];
  const path = join(dataDir, file);
  try {
    await access(path);
  } catch (cause) {
    const hint =
      'Set CX_REAL_DATA to the folder that holds the data sets (default: ../shared/data beside the project).';
    throw new PortalError(`The data of real:${name} is not present: ${path} is missing. ${hint}`, { cause });
  }
  return await read(path);
}
