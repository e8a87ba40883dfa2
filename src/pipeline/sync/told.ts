import type { CxRecord, RecordId } from '../../domain/records/record.ts';
import { same } from './comparison.ts';
import type { Syncing } from './syncing.ts';

/** Whether two versions rest on the same properties and the same news of them. */
export const sameTold = (a: CxRecord, b: CxRecord): boolean => same(toldOf(a), toldOf(b));
const toldOf = ({ raw, told = {}, linksTold = {} }: CxRecord) => [raw, told, linksTold];

/**
 * Rows as they read with what webhooks told of them since: a value in an event loses only against a newer one of the same
 * property, so what is newer than the row stays, and is noted with it.
 */
export async function withTold(
  { crm }: Pick<Syncing, 'crm'>,
  rows: readonly CxRecord[],
  stored: ReadonlyMap<RecordId, CxRecord>,
): Promise<CxRecord[]> {
  return Promise.all(
    rows.map(async (row) => {
      const known = stored.get(row.id);
      const newer = Object.entries(known?.told ?? {}).filter(
        ([name, at]) => at > row.modifiedAt && at > (row.told?.[name] ?? 0),
      );
      if (!known || newer.length === 0) return row;
      const values = newer.map(([name]) => [name, known.raw[name] ?? '']);
      const retold = await crm.retold(row, Object.fromEntries(values));
      return { ...retold, told: { ...row.told, ...Object.fromEntries(newer) } };
    }),
  );
}
