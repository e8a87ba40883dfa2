/** What processes that share an account need of DynamoDB. */

/** A document of the lease book as it was read. */
export interface Lease<T> {
  /** Another one after every change. */
  readonly version: number;
  readonly value: T;
}

/**
 * Small documents by which processes that never meet share an allowance. Each is replaced as a whole, and only by whoever
 * saw it last; plain JSON.
 */
export interface LeaseBook {
  /** As it is now, never stale; null when it was never written. @throws StoreBusyError */
  readLease<T>(name: string): Promise<Lease<T> | null>;
  /** As it was written; null, and nothing changed, when somebody else was first. @throws StoreBusyError */
  swapLease<T>(name: string, before: Lease<unknown> | null, after: T): Promise<Lease<T> | null>;
}
