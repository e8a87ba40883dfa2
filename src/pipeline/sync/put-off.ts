import { HubSpotBusyError } from '#platform/errors.ts';
import type { Syncing } from './syncing.ts';

/** Whether only work that may wait has to wait: its calls have no allowance left, those of others have. */
export const isPutOff = ({ unhurried }: Pick<Syncing, 'unhurried'>, error: unknown): error is HubSpotBusyError =>
  unhurried !== undefined && error instanceof HubSpotBusyError && error.laneOnly;

/** Does work that may wait; answers why it has to, or null where it came to its end. An outage stays an error. */
export async function untilPutOff(
  syncing: Pick<Syncing, 'unhurried'>,
  work: () => Promise<void>,
): Promise<HubSpotBusyError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!isPutOff(syncing, error)) throw error;
    return error;
  }
}
