/** The incident states of the help desk as stages of a ticket pipeline. */
import type { Pipeline } from '../portal.ts';

/** State, stage id and whether work has ended; ids are numeric, as HubSpot gives them to stages made by hand. */
const states = [
  ['New', '70001', 'OPEN'],
  ['Active', '70002', 'OPEN'],
  ['Awaiting User Info', '70003', 'OPEN'],
  ['Awaiting Vendor', '70004', 'OPEN'],
  ['Awaiting Problem', '70005', 'OPEN'],
  ['Awaiting Evidence', '70006', 'OPEN'],
  ['Resolved', '70007', 'CLOSED'],
  ['Closed', '70008', 'CLOSED'],
] as const;
const stageIds: ReadonlyMap<string, string> = new Map(states.map(([state, id]) => [state, id]));

/** The stage of a state; null for `-100`, which the source does not explain. */
export const stageOf = (state: string | undefined): string | null => stageIds.get(state ?? '') ?? null;

/** The pipeline of all incidents. */
export const incidentPipeline: Pipeline = {
  id: '7000',
  label: 'Incidents',
  stages: states.map(([label, id, state]) => ({
    id,
    label,
    metadata: { ticketState: state, isClosed: String(state === 'CLOSED') },
  })),
};
