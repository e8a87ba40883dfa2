import type { CxRecord } from '#domain/records/record.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { commitRecords } from '#pipeline/sync/commit-records.ts';
import { createTable } from '#store/create-table.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import type { Scene } from './scene.ts';
import { watchStoreOps } from './watched-store.ts';

/** Records of a commit, about as many as a second of webhooks brings of one kind. */
const perCommit = 10;
const kinds = ['ticket', 'answer', 'deal', 'contact'] as const;

/** What the database took. */
export interface Ceiling {
  /** Requests a second, reads of a commit included. */
  readonly requests: number;
  /** Records a second. */
  readonly records: number;
}

/**
 * How much the embedded database takes of what applying changes asks of it, and nothing else going on: commits of records
 * that are there already, four kinds side by side, in a table of its own.
 */
export async function measureCeiling(scene: Scene, seconds: number): Promise<Ceiling> {
  const table = { ...scene.table, tableName: 'bench-webhook-ceiling' };
  await createTable(table);
  const store = dynamoStore(table);
  const committer = { store, clock: scene.clock, zone: zoneOf(scene.simulator.portal.definition.account.timeZone) };
  const until = performance.now() + 1000 * seconds;
  const ops = watchStoreOps(table.endpoint);
  const began = performance.now();
  const each = await Promise.all(
    kinds.map(async (kind) => {
      const ids = await scene.poll.store.recordIds(kind, { after: null, upTo: null });
      const read = await scene.poll.store.readRecords(kind, ids.slice(0, 40 * perCommit));
      const batches = [...read.values()].reduce<CxRecord[][]>((list, record, at) => {
        if (at % perCommit === 0) list.push([]);
        list.at(-1)?.push(record);
        return list;
      }, []);
      let records = 0;
      for (let at = 0; performance.now() < until; at += 1) {
        const batch = batches[at % batches.length] ?? [];
        const stored = at < batches.length ? new Map() : new Map(batch.map((record) => [record.id, record]));
        await commitRecords({ ...committer, holder: kind }, kind, { filed: batch, stored });
        records += batch.length;
      }
      return records;
    }),
  );
  ops.close();
  const took = (performance.now() - began) / 1000;
  return { requests: ops.total() / took, records: each.reduce((sum, count) => sum + count, 0) / took };
}
