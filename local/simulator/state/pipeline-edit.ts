import type { PipelineStage, PortalDefinition } from '../../portals/portal.ts';
import type { StagedType } from '../facts/stage-effects.ts';

/** Which stage of which pipeline. */
export interface StagePlace {
  readonly type: StagedType;
  readonly pipeline: string;
  readonly stage: string;
}

/** The account with other metadata for one stage, and that stage; throws where there is no such stage. */
export function withStageMetadata(
  definition: PortalDefinition,
  { type, pipeline, stage }: StagePlace,
  metadata: PipelineStage['metadata'],
): { readonly definition: PortalDefinition; readonly stage: PipelineStage } {
  const pipelines = definition.pipelines[type];
  const edited = pipelines.find(({ id }) => id === pipeline);
  const before = edited?.stages.find(({ id }) => id === stage);
  if (!edited || !before) throw new Error(`The portal holds no stage ${stage} in pipeline ${pipeline} of ${type}`);
  const after = { ...before, metadata: { ...before.metadata, ...metadata } };
  const stages = edited.stages.map((each) => (each === before ? after : each));
  const changed = pipelines.map((each) => (each === edited ? { ...edited, stages } : each));
  return { definition: { ...definition, pipelines: { ...definition.pipelines, [type]: changed } }, stage: after };
}
