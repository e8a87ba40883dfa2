import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { type PrintedReport, printedReport } from '../report-schema.ts';
import { openWorkshop, realDataFolder } from '../workshop.ts';

/** Whether a published data set is on this machine. */
export const isHere = (set: string): boolean => existsSync(resolve(realDataFolder, set));

/** A set is read in minutes. */
export const patience = { timeout: 20 * 60_000 };

/** Runs the real command on a portal of published data; it is read once, later questions reuse what the first left. */
export function openPublished(): (portal: string, ...words: string[]) => Promise<PrintedReport> {
  const shop = openWorkshop();
  return async (portal, ...words) => {
    const { stdout, stderr, status, signal } = await shop.cx([
      'run',
      '--json',
      '--no-write',
      '--portal',
      portal,
      ...words,
    ]);
    expect({ status, signal }, stderr).toEqual({ status: 0, signal: null });
    return printedReport(stdout);
  };
}
