import type { RecordKind } from '#domain/records/record.ts';
import { linkedKinds } from '#hubspot/links.ts';
import type { PullReport } from '#pipeline/pull-changes.ts';
import type { WriteReport } from '#pipeline/write-back.ts';

/** HubSpot's largest pages: search results, associations and histories of so many records, writes in one batch. */
const page = { search: 200, associations: 1000, history: 50, write: 100 };

/** The fewest calls in which the same rows could be read and written: full pages, one call at least for each kind. */
export function fewestCalls({ kinds, history }: PullReport, { written }: WriteReport): number {
  const reads = Object.entries(kinds).map(
    ([kind, { seen, changed }]) =>
      Math.max(1, Math.ceil(seen / page.search)) +
      linkedKinds[kind as RecordKind].length * Math.ceil(changed / page.associations),
  );
  const others = Math.ceil(history.read / page.history) + Math.ceil(written / page.write);
  return reads.reduce((sum, calls) => sum + calls, others);
}
