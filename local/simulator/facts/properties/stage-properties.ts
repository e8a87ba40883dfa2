import type { Pipeline, PropertyDefinition } from '../../../portals/portal.ts';
import { dateTimes, numbers, readOnly } from './default-property.ts';

/** The computed properties every stage of a pipeline adds to its object (observed in warehouse schemas), v2 and older. */
export function stageProperties(pipelines: readonly Pipeline[]): readonly PropertyDefinition[] {
  const stages = new Map(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => [stage.id, stage.label])));
  return [...stages].flatMap(([id, label]) =>
    readOnly([
      ...dateTimes({
        [`hs_v2_date_entered_${id}`]: `Date entered "${label}"`,
        [`hs_v2_date_exited_${id}`]: `Date exited "${label}"`,
        [`hs_date_entered_${id}`]: `Date entered "${label}" (legacy)`,
        [`hs_date_exited_${id}`]: `Date exited "${label}" (legacy)`,
      }),
      ...numbers({
        [`hs_v2_cumulative_time_in_${id}`]: `Cumulative time in "${label}"`,
        [`hs_v2_latest_time_in_${id}`]: `Latest time in "${label}"`,
        [`hs_time_in_${id}`]: `Time in "${label}" (legacy)`,
      }),
    ]),
  );
}
