/** The one place where the circle closes: what we wrote comes back as a change of HubSpot's, and ends here. */
import type { CxRecord, RecordId } from '../../domain/records/record.ts';
import type { Change } from '../ports.ts';
import { sameContent } from './comparison.ts';

type Known = ReadonlyMap<RecordId, CxRecord>;

/** A webhook that tells of our own property being written by our own app: never worth a read or a score. */
export const isOwnWrite = (change: Change): boolean => change.what === 'property' && change.isOutput && change.byUs;

/** A row that bears the date our own last write left, and says nothing else. */
export const isEcho = (stored: Known, record: CxRecord): boolean => {
  const known = stored.get(record.id);
  return known?.writtenAt === record.modifiedAt && sameContent(known, record);
};

/** A row older than our own last write says nothing of what we wrote. */
export const withOurWrite =
  (stored: Known) =>
  (record: CxRecord): CxRecord => {
    const known = stored.get(record.id);
    return known?.writtenAt !== undefined && known.writtenAt > record.modifiedAt
      ? { ...record, outputs: known.outputs }
      : record;
  };
