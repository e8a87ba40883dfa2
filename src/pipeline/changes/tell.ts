import type { CxRecord, Links, RecordId } from '../../domain/records/record.ts';
import type { Standings } from '../ports.ts';
import { applyOnce } from '../sync/apply-records.ts';
import type { Syncing } from '../sync/syncing.ts';
import type { News, Plans } from './plan-changes.ts';

/** A record as it reads with what was told of its properties in it. */
export async function retold({ crm }: Syncing, record: CxRecord, { values, told }: News): Promise<CxRecord> {
  const row = await crm.retold(record, values);
  const all = { ...row.told, ...told };
  return Object.keys(all).length > 0 ? { ...row, told: all } : row;
}

/** Those plans with what is kept of their records. */
export const toTell = (plans: Plans, { records }: Standings, { relink }: { readonly relink: boolean }) =>
  [...plans].flatMap(([id, plan]) => {
    const record = records.get(id);
    return plan.do === 'tell' && plan.relink === relink && record ? [{ record, news: plan.news }] : [];
  });

const none: ReadonlySet<RecordId> = new Set();

/** Puts in place what says it all; answers who was stored differently by then. */
export async function tell(
  syncing: Syncing,
  plans: Plans,
  standings: Standings,
  tally: { told: number },
): Promise<ReadonlySet<RecordId>> {
  const telling = toTell(plans, standings, { relink: false });
  if (telling.length === 0) return none;
  const rows = await Promise.all(
    telling.map(async ({ record, news }) => {
      const linksTold = { ...record.linksTold, ...news.linksTold };
      return {
        ...(await retold(syncing, record, news)),
        ...(record.linkedAt !== undefined && { linkedAt: record.linkedAt }),
        ...(Object.keys(linksTold).length > 0 && { linksTold }),
      };
    }),
  );
  const links = new Map<RecordId, Links>(
    telling.map(({ record, news }) => [record.id, { ...record.links, ...news.links }]),
  );
  const { overtaken } = await applyOnce(syncing, rows, {
    relink: true,
    knownLinks: { links, readAt: null },
    standings,
  });
  tally.told += rows.length - overtaken.size;
  return overtaken;
}
