import type { RecordKind } from '../../domain/records/record.ts';
import type { StageMeaning } from '../ports.ts';
import { notedStages, noteStages } from './noted-stages.ts';
import { readAnew } from './pull-kind.ts';
import { orRefused } from './refused.ts';
import type { Syncing } from './syncing.ts';

const everyMs = 60 * 60_000;
const kindsWithStages: readonly RecordKind[] = ['deal', 'ticket'];

/**
 * Whether a ticket is closed or a deal won is said by its pipeline: an edit there changes records without moving their
 * modified dates. Looked at once an hour; where a known stage means something else now, the kind is read anew.
 */
export async function noticeStages({ crm, store, clock }: Syncing, unavailable: ReadonlySet<string>): Promise<void> {
  for (const kind of kindsWithStages) {
    if (unavailable.has(kind)) continue;
    const noted = await notedStages(store, kind);
    if (noted && clock.now() < noted.at + everyMs) continue;
    const stages = await orRefused([403], crm.stages(kind), null);
    if (stages === null) continue;
    const changed = Object.entries(noted?.stages ?? {}).some(([stage, meaning]) => differs(meaning, stages[stage]));
    if (changed) await readAnew(store, kind);
    await noteStages(store, kind, { at: clock.now(), stages });
  }
}

/** A stage that was removed holds no records any more. */
const differs = (noted: StageMeaning, now: StageMeaning | undefined): boolean =>
  now !== undefined && (noted.isClosed !== now.isClosed || noted.isWon !== now.isWon);
