import type { Lease, LeaseBook } from '#pipeline/ports.ts';

/** A lease book for one process alone. */
export function memoryBook(): LeaseBook {
  const leases = new Map<string, Lease<unknown>>();
  return {
    readLease: async <T>(name: string) => (leases.get(name) as Lease<T> | undefined) ?? null,
    swapLease: async (name, before, after) => {
      const version = before?.version ?? 0;
      if ((leases.get(name)?.version ?? 0) !== version) return null;
      const lease = { version: version + 1, value: after };
      leases.set(name, lease);
      return lease;
    },
  };
}
