import { HubSpotRefusedError } from '#platform/errors.ts';

/** Whether HubSpot refused a call with one of these HTTP statuses. */
export const isRefused = (error: unknown, statuses: readonly number[]): error is HubSpotRefusedError =>
  error instanceof HubSpotRefusedError && statuses.includes(error.status);

/** What a call answers, or `instead` where HubSpot refuses it with one of these statuses. */
export const orRefused = <T, U>(statuses: readonly number[], call: Promise<T>, instead: U): Promise<T | U> =>
  call.catch((error: unknown) => {
    if (!isRefused(error, statuses)) throw error;
    return instead;
  });
