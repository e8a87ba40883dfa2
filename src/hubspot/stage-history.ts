import type { RecordId, StageChange } from '#domain/records/record.ts';
import { stageHistoryRow } from './answers.ts';
import { idOnly, readObjects } from './object-batches.ts';
import { moment } from './properties/readers.ts';
import type { Sizes } from './sizes.ts';
import type { Transport } from './transport.ts';

/** Reads how tickets went through their stages, newest change first. Tickets that are not there, or unreadable, are left out. */
export async function stageHistory(
  transport: Transport,
  { listWithHistory: size }: Sizes,
  ids: readonly RecordId[],
): Promise<Map<RecordId, readonly StageChange[]>> {
  const selection = { properties: idOnly, propertiesWithHistory: ['hs_pipeline_stage'] };
  const { results } = await readObjects(transport, 'ticket', ids, selection, { size });
  return new Map(
    results.flatMap((raw) => {
      const row = stageHistoryRow.safeParse(raw);
      return row.success ? [[row.data.id, changesIn(row.data.propertiesWithHistory.hs_pipeline_stage)] as const] : [];
    }),
  );
}

interface Entry {
  readonly value?: string | null | undefined;
  readonly timestamp: string;
}

/** An entry without a stage is a stage that was cleared: no step of the way. */
const changesIn = (entries: readonly Entry[]): StageChange[] =>
  entries
    .flatMap(({ value, timestamp }) => {
      const at = moment(timestamp);
      return value && 'value' in at ? [{ stage: value, at: at.value }] : [];
    })
    .sort((a, b) => b.at - a.at);
