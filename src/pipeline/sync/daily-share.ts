import type { Syncing } from './syncing.ts';

/** A share of HubSpot's daily allowance that is set apart for one purpose. */
export interface DailyShare {
  readonly purpose: 'reread' | 'history';
  /** From 0 to 1. */
  readonly share: number;
}

/** Calls spent on a day of the portal's. */
interface Spent {
  readonly day: string;
  readonly calls: number;
}

/** The allowance of the smallest accounts, until HubSpot's headers say more. */
export const smallestAllowance = 250_000;

/** The state document of what was spent for a purpose today. */
export const spentState = (purpose: DailyShare['purpose']): string => `${purpose} calls`;

/** Whether something of the day's share is left. */
export async function isAffordable(syncing: Syncing, share: DailyShare): Promise<boolean> {
  const allowance = syncing.crm.allowance()?.calls ?? smallestAllowance;
  return (await spentToday(syncing, share)).calls < allowance * share.share;
}

/** Does something whose calls are taken from the share; answers them beside what it came to. */
export async function spending<T>(
  syncing: Syncing,
  share: DailyShare,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly calls: number }> {
  const { crm, store } = syncing;
  const before = crm.calls().total;
  const result = await work();
  const calls = crm.calls().total - before;
  const spent = await spentToday(syncing, share);
  await store.saveState(spentState(share.purpose), { ...spent, calls: spent.calls + calls } satisfies Spent);
  return { result, calls };
}

async function spentToday({ store, clock, zone }: Syncing, share: DailyShare): Promise<Spent> {
  const day = zone.dayOf(clock.now());
  const spent = await store.readState<Spent>(spentState(share.purpose));
  return spent?.day === day ? spent : { day, calls: 0 };
}
