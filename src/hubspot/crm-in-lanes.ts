import type { Crm, LeaseBook } from '#pipeline/ports.ts';
import { accountGovernor } from './account-governor.ts';
import { type HubSpotOptions, hubSpotCrm } from './crm.ts';
import type { Lane } from './lanes.ts';

/** HubSpot twice: for work of some urgency, and for work that may wait for everybody else's. */
export interface CrmInLanes {
  readonly crm: Crm;
  readonly unhurried: Crm;
}

/** What all processes share that call HubSpot for one account, and how urgent the calls of this one are. */
export interface Sharing {
  readonly leases: LeaseBook;
  readonly lane: Lane;
}

/** HubSpot, its limits shared by the lease book with every other process that has the same. */
export function crmInLanes(options: Omit<HubSpotOptions, 'governor'>, { leases, lane }: Sharing): CrmInLanes {
  const { clock, limits, onWait, random } = options;
  const governing = { leases, clock, ...(limits && { limits }), ...(onWait && { onWait }), ...(random && { random }) };
  const inLane = (each: Lane): Crm =>
    hubSpotCrm({ ...options, governor: accountGovernor({ ...governing, lane: each }) });
  const crm = inLane(lane);
  const unhurried = inLane('backfill');
  // What the headers of either say of the day holds for both.
  return { crm, unhurried: { ...unhurried, allowance: () => unhurried.allowance() ?? crm.allowance() } };
}
