import type { RecordKind } from '#domain/records/record.ts';
import type { PullReport } from '#pipeline/pull-changes.ts';
import type { WriteReport } from '#pipeline/write-back.ts';

/** HubSpot's largest pages: search results, associations of so many records, writes in one batch. */
const page = { search: 200, associations: 1000, write: 100 };

/** How many kinds of links each kind of record has to be asked for. */
const linkKinds: Readonly<Record<RecordKind, number>> = {
  company: 0,
  contact: 1,
  deal: 2,
  ticket: 2,
  answer: 2,
  call: 1,
  subscription: 2,
};

/** The fewest calls in which the same rows could be read and written: full pages, one call at least for each kind. */
export function fewestCalls({ kinds }: PullReport, { written }: WriteReport): number {
  const reads = Object.entries(kinds).map(
    ([kind, { seen, changed }]) =>
      Math.max(1, Math.ceil(seen / page.search)) +
      linkKinds[kind as RecordKind] * Math.ceil(changed / page.associations),
  );
  return reads.reduce((sum, calls) => sum + calls, Math.ceil(written / page.write));
}
