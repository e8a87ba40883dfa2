import { ConnectorError } from '#platform/errors.ts';

/** As the `cause` of an error: HubSpot answered with a good status, and what it answered cannot be read. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/** Whether a call failed for an answer that cannot be read, which another choice of records or properties may mend. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof ConnectorError && error.cause instanceof UnreadableAnswer;
