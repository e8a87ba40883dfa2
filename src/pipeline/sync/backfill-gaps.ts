import type { RecordKind } from '../../domain/records/record.ts';
import { type Applied, applyRecords } from './apply-records.ts';
import { type Chunk, chunkQueue } from './chunk-queue.ts';
import { type Gaps, withoutRange } from './gaps.ts';
import { holdUnreadable, release } from './quarantine.ts';
import { type Lanes, readGaps } from './read-gaps.ts';
import { isOver, type Syncing } from './syncing.ts';

/** Chunks that are read ahead of the one being committed. */
const chunksAhead = 4;

/** Told of every chunk that was committed: what became of it, and what is still to be read. */
export type Committed = (chunk: Chunk, applied: Applied, gaps: Gaps) => Promise<void>;

/**
 * Reads what is left of a backfill in several lanes, and commits it in one: a kind is committed by one process, a batch at a
 * time. Reading and the reading of links run ahead, so far and no further; what was read ahead is what a crash costs. At
 * the deadline what was read is still committed. True when nothing is left.
 */
export async function backfillGaps(
  syncing: Syncing,
  kind: RecordKind,
  { gaps, lanes }: { readonly gaps: Gaps; readonly lanes: Lanes },
  committed: Committed,
): Promise<boolean> {
  const { crm, clock } = syncing;
  let left = gaps;
  let stopped = false;
  const queue = chunkQueue({
    size: crm.linksPerCall,
    most: chunksAhead * crm.linksPerCall,
    prepare: (chunk) => {
      const readAt = clock.now();
      const links = crm.linksOf(
        kind,
        chunk.records.map(({ id }) => id),
      );
      // Whoever commits the chunk meets its error; until then nobody waits for it.
      links.catch(() => {});
      return { chunk, links, readAt };
    },
  });

  const commit = async (): Promise<void> => {
    for (let next = await queue.next(); next; next = await queue.next()) {
      const { chunk, links, readAt } = next;
      await holdUnreadable(syncing, chunk.unreadable);
      const knownLinks = { links: await links, readAt };
      const applied = await applyRecords(syncing, chunk.records, { relink: true, knownLinks });
      await release(syncing, kind, chunk.records);
      for (const { range, rows } of chunk.pages) left = withoutRange(left, range, rows);
      await committed(chunk, applied, left);
    }
  };

  const reading = readGaps(
    {
      crm,
      kind,
      lanes,
      rows: crm.capacity().rows,
      isOver: () => stopped || isOver(syncing),
      room: queue.room,
      take: queue.put,
    },
    gaps,
  ).finally(queue.end);
  const committing = commit().catch((error: unknown) => {
    stopped = true;
    queue.abandon();
    throw error;
  });
  const [read, kept] = await Promise.allSettled([reading, committing]);
  for (const end of [kept, read]) if (end.status === 'rejected') throw end.reason;
  return left.length === 0;
}
