import type { ReportedDrift, ReportedSync } from '#contract/report.ts';

const count = (n: number): string => n.toLocaleString('en');
const words = (objectName: string): string => objectName.replaceAll('_', ' ');

/** What HubSpot no longer gives, one sentence each. */
export const staleLines = ({ stale }: ReportedSync): string[] =>
  Object.entries(stale).map(
    ([name, { since, because }]) => `${words(name)}, with all that rests on them, as of ${since}. ${because}`,
  );

/** How many records could not be read; null when all could. */
export const quarantineLine = ({ quarantined }: ReportedSync): string | null =>
  quarantined === 0 ? null : `${count(quarantined)} ${quarantined === 1 ? 'record' : 'records'} could not be read`;

/** How many changes could not be applied; null when all could. */
export const deadLettersLine = ({ deadLetters = 0 }: ReportedSync): string | null =>
  deadLetters === 0 ? null : `${count(deadLetters)} ${deadLetters === 1 ? 'change' : 'changes'} could not be applied`;

/** What the last reconciliation found, in one sentence; null before the first. */
export function driftLine({ drift }: ReportedSync): string | null {
  if (!drift) return null;
  const checked = total(drift, 'checked');
  const found = Object.entries(drift.kinds).flatMap(([name, { missing, extra, different }]) => {
    const parts = Object.entries({ missing, 'left over': extra, different }).filter(([, n]) => n > 0);
    return parts.length > 0 ? [`${words(name)} ${parts.map(([what, n]) => `${count(n)} ${what}`).join(', ')}`] : [];
  });
  const compared = `${count(checked)} records compared with HubSpot on ${drift.at.slice(0, 10)}`;
  if (found.length === 0) return `none in ${compared}`;
  const differing = total(drift, 'missing') + total(drift, 'extra') + total(drift, 'different');
  const repaired = total(drift, 'repaired');
  const mended = repaired === differing ? 'all repaired' : `${count(repaired)} of ${count(differing)} repaired`;
  return `${found.join('; ')}, in ${compared}; ${mended}`;
}

const total = ({ kinds }: ReportedDrift, what: 'checked' | 'missing' | 'extra' | 'different' | 'repaired'): number =>
  Object.values(kinds).reduce((sum, found) => sum + found[what], 0);
