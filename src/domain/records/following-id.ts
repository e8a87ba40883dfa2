import type { RecordId } from './record.ts';

/** The id so many after another; before it where `by` is negative. */
export const plus = (id: RecordId, by: number): RecordId => String(BigInt(id) + BigInt(by));
