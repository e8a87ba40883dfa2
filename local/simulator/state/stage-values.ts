import type { ObjectType, Pipeline, PipelineStage, PortalRecord } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';
import { isStaged, type StagedType, stageEffects } from '../facts/stage-effects.ts';
import { propertyValue } from './record-values.ts';

type Changes = Readonly<Record<string, string | null>>;

/** What a reopening does to the closing dates: not documented, so a test may choose. */
export type Reopening = 'blanks closing dates' | 'keeps closing dates';

/**
 * The values that follow from a change of stage at `at` (ISO 8601 UTC), without those the change states itself or that
 * the record has already; empty when the stage stays or the type has none.
 */
export function stageValues(
  type: ObjectType,
  record: PortalRecord,
  changes: Changes,
  pipelines: readonly Pipeline[],
  { at, reopening }: { at: string; reopening: Reopening },
): Changes {
  if (!isStaged(type)) return {};
  const effects = stageEffects[type];
  const to = changes[effects.stage];
  if (!to) return {};
  const from = propertyValue(type, record, effects.stage) ?? '';
  const after = stageNamed(pipelines, changes[effects.pipeline] ?? record.properties[effects.pipeline], to);
  if (!after || from === to) return {};
  const before = stageNamed(pipelines, record.properties[effects.pipeline], from);
  const wasClosed = before !== undefined && isClosed(effects.meaning(before.metadata));
  const meaning = effects.meaning(after.metadata);
  const createdAt = propertyValue(type, record, objectTypeFacts[type].created) ?? record.createdAt;
  const reopened = wasClosed && !isClosed(meaning);
  const blanked = reopened && reopening === 'blanks closing dates' ? effects.blankedByReopening : [];
  return differing(type, record, changes, {
    ...meaning,
    [`hs_v2_date_entered_${to}`]: at,
    ...(from && { [`hs_v2_date_exited_${from}`]: at }),
    ...(!wasClosed && isClosed(meaning) && effects.closed(at, createdAt)),
    ...(reopened && effects.reopened(at)),
    ...Object.fromEntries(blanked.map((name) => [name, ''])),
  });
}

/** The values by which a record differs from what the metadata of its stage mean now. */
export function stageMeaning(type: StagedType, record: PortalRecord, { metadata }: PipelineStage): Changes {
  return differing(type, record, {}, stageEffects[type].meaning(metadata));
}

function stageNamed(
  pipelines: readonly Pipeline[],
  pipeline: string | null | undefined,
  stage: string,
): PipelineStage | undefined {
  const own = pipelines.filter(({ id }) => id === pipeline);
  return [...own, ...pipelines].flatMap(({ stages }) => stages).find(({ id }) => id === stage);
}

function isClosed(meaning: Changes): boolean {
  return meaning.hs_is_closed === 'true';
}

function differing(type: ObjectType, record: PortalRecord, stated: Changes, values: Changes): Changes {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => !(name in stated) && (propertyValue(type, record, name) ?? '') !== value,
    ),
  );
}
