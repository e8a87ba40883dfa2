import type { CxRecord, RecordId } from '../../domain/records/record.ts';
import { stageHistoryOf } from '../../domain/records/stage-history.ts';
import { commitRecords } from './commit-records.ts';
import { isAffordable, spending } from './daily-share.ts';
import { dropIds, firstIds } from './noted-ids.ts';
import { dueHistories, historyTeller } from './stage-history.ts';
import { isOver, type Syncing } from './syncing.ts';

/** What reading stage histories came to. */
export interface HistoriesRead {
  /** Tickets asked for. */
  readonly read: number;
  /** Calls of HubSpot that took. */
  readonly calls: number;
}

/** Tickets of one call: HubSpot answers with histories for so many. */
const perCall = 50;

/**
 * Reads the stage histories that were noted, as far as their share of the day's calls goes: what is left waits for the
 * next day. A ticket leaves the list once its history is kept. `complete` is false where time ran out.
 */
export async function readHistories(syncing: Syncing): Promise<HistoriesRead & { readonly complete: boolean }> {
  const { store, crm, config, onProgress } = syncing;
  const share = { purpose: 'history', share: config.sync.historyShareOfDay } as const;
  const total = { read: 0, calls: 0 };
  let dropped = 0;
  for (;;) {
    const noted = await firstIds(store, dueHistories, perCall);
    if (noted.ids.length === 0) return { ...total, complete: true };
    if (isOver(syncing)) return { ...total, complete: false };
    const due = await stillDue(syncing, noted.ids);
    if (due.length > 0) {
      if (!(await isAffordable(syncing, share))) return { ...total, complete: true };
      const ids = due.map(({ id }) => id);
      const { result: ways, calls } = await spending(syncing, share, () => crm.stageHistory(ids));
      // What HubSpot gives no answer about stays without a history: the re-read notes it once more.
      await keepHistories(
        syncing,
        due.flatMap((ticket) => {
          const way = ways.get(ticket.id);
          return way ? [{ ticket, history: stageHistoryOf(ticket.fields, way) }] : [];
        }),
      );
      total.read += due.length;
      total.calls += calls;
    }
    await dropIds(store, dueHistories, noted.ids.length);
    dropped += noted.ids.length;
    onProgress?.({ step: 'read ticket histories', done: dropped, total: dropped + noted.total - noted.ids.length });
  }
}

/** Of the tickets noted, those still there and without a history: they may have been noted twice, or departed. */
async function stillDue({ store, config }: Syncing, ids: readonly RecordId[]): Promise<CxRecord<'ticket'>[]> {
  if (config.ticket.history === 'none') return [];
  const stored = (await store.readRecords('ticket', ids)) as ReadonlyMap<RecordId, CxRecord<'ticket'>>;
  return [...stored.values()].filter(({ stageHistory }) => stageHistory === undefined);
}

type Read = Readonly<{ ticket: CxRecord<'ticket'>; history: ReturnType<typeof stageHistoryOf> }>;

/** Commits the tickets that read differently with their history, and saves the others with it. */
async function keepHistories(syncing: Syncing, read: readonly Read[]): Promise<void> {
  const { store, zone } = syncing;
  const tell = await historyTeller(syncing);
  const told = read.map(({ ticket, history }) => ({ ticket, whole: tell(ticket, history) }));
  const differs = ({ ticket, whole }: (typeof told)[number]): boolean =>
    JSON.stringify(ticket.fields) !== JSON.stringify(whole.fields);
  const { different = [], alike = [] } = Object.groupBy(told, (each) => (differs(each) ? 'different' : 'alike'));
  await store.saveRecords(alike.map(({ whole }) => whole));
  const before = new Map(different.map(({ ticket }) => [ticket.id, ticket]));
  await commitRecords(
    store,
    zone,
    'ticket',
    different.map(({ whole }) => whole),
    before,
  );
}
