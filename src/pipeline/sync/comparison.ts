import type { CxRecord, Links } from '../../domain/records/record.ts';
import type { OutputNotation } from '../ports.ts';

// Both sides are built from the same table in the same order, so their JSON is comparable.
export const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const contentOf = ({ fields, absorbed, problems }: CxRecord) => [fields, absorbed, problems];

/** Whether two versions of a record say the same, links and our own properties aside. */
export const sameContent = (a: CxRecord, b: CxRecord): boolean => same(contentOf(a), contentOf(b));

const ordered = (links: Links) => Object.entries(links).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether two versions are linked to the same records, in the same order. */
export const sameLinks = ({ links: a }: CxRecord, { links: b }: CxRecord): boolean => same(ordered(a), ordered(b));

/** Whether two versions hold the same of our own properties, whatever the notation. */
export const sameOutputs = (
  { sameOutput }: OutputNotation,
  { outputs: a }: CxRecord,
  { outputs: b }: CxRecord,
): boolean => Object.keys({ ...a, ...b }).every((name) => sameOutput(name, a[name] ?? '', b[name] ?? ''));
