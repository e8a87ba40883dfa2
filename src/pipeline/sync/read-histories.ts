import type { CxRecord, RecordId } from '../../domain/records/record.ts';
import { stageHistoryOf } from '../../domain/records/stage-history.ts';
import { commitRecords } from './commit-records.ts';
import { isAffordable, spending } from './daily-share.ts';
import { dueHistories, hasHistory, historyTeller } from './stage-history.ts';
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
  let all: number | null = null;
  for (;;) {
    const noted = await store.notedIds(dueHistories, perCall);
    if (noted.length === 0) return { ...total, complete: true };
    if (isOver(syncing)) return { ...total, complete: false };
    all ??= onProgress ? await store.countNoted(dueHistories) : null;
    const due = await stillDue(
      syncing,
      noted.map(({ target }) => target),
    );
    let overtaken: ReadonlySet<RecordId> = new Set();
    if (due.length > 0) {
      if (!(await isAffordable(syncing, share))) return { ...total, complete: true };
      const ids = due.map(({ id }) => id);
      const { result: ways, calls } = await spending(syncing, share, () => crm.stageHistory(ids));
      // What HubSpot gives no answer about stays without a history: the re-read notes it once more.
      overtaken = await keepHistories(
        syncing,
        await Promise.all(
          due
            .filter(({ id }) => ways.has(id))
            .map(async (ticket) => {
              const row = await asItsRow(syncing, ticket);
              return { ticket, row, history: stageHistoryOf(row.fields, ways.get(ticket.id) ?? [], ticket.modifiedAt) };
            }),
        ),
      );
      total.read += due.length;
      total.calls += calls;
    }
    // A ticket that was changed while its history was read is asked for once more.
    await store.dropIds(
      dueHistories,
      noted.filter(({ target }) => !overtaken.has(target)),
    );
    dropped += noted.length;
    onProgress?.({ step: 'read ticket histories', done: dropped, total: all });
  }
}

/** Of the tickets noted, those still there and without a history: they may have been noted twice, or departed. */
async function stillDue({ store, config }: Syncing, ids: readonly RecordId[]): Promise<CxRecord<'ticket'>[]> {
  if (config.ticket.history === 'none') return [];
  const stored = (await store.readRecords('ticket', ids)) as ReadonlyMap<RecordId, CxRecord<'ticket'>>;
  return [...stored.values()].filter((ticket) => !hasHistory(ticket));
}

/** A ticket with its fields as its row gave them, whatever a history added. */
async function asItsRow({ crm }: Syncing, ticket: CxRecord<'ticket'>): Promise<CxRecord<'ticket'>> {
  if (!ticket.stageHistory) return ticket;
  const { fields } = (await crm.retold(ticket, {})) as CxRecord<'ticket'>;
  return { ...ticket, fields };
}

type Ticket = CxRecord<'ticket'>;
type Read = Readonly<{ ticket: Ticket; row: Ticket; history: ReturnType<typeof stageHistoryOf> }>;

/** Commits the tickets that read differently with their history, and saves the others with it; answers those overtaken. */
async function keepHistories(syncing: Syncing, read: readonly Read[]): Promise<ReadonlySet<RecordId>> {
  const tell = await historyTeller(syncing);
  const told = read.map(({ ticket, row, history }) => ({ ticket, whole: tell(row, history) }));
  const differs = ({ ticket, whole }: (typeof told)[number]): boolean =>
    JSON.stringify(ticket.fields) !== JSON.stringify(whole.fields);
  const { different = [], alike = [] } = Object.groupBy(told, (each) => (differs(each) ? 'different' : 'alike'));
  return commitRecords(syncing, 'ticket', {
    filed: different.map(({ whole }) => whole),
    kept: alike.map(({ whole }) => whole),
    stored: new Map(told.map(({ ticket }) => [ticket.id, ticket])),
  });
}
