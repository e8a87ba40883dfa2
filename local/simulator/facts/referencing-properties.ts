import type { ObjectType } from '../../portals/portal.ts';

/** Where the options of a property come from when they are not its own. */
export type OptionSource = 'owners' | 'pipelines' | 'stages';

/** Enumerations whose options are the account's owners, pipelines or stages (docs: properties guide, tickets, deals). */
const sources: Readonly<Record<string, OptionSource>> = {
  'tickets.hs_pipeline': 'pipelines',
  'tickets.hs_pipeline_stage': 'stages',
  'deals.pipeline': 'pipelines',
  'deals.dealstage': 'stages',
};

/** The source of a property's options, or undefined when the definition holds them. */
export function optionSourceOf(type: ObjectType, name: string): OptionSource | undefined {
  return name === 'hubspot_owner_id' ? 'owners' : sources[`${type}.${name}`];
}
