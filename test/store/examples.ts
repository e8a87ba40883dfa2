import type { CxRecord, Fact, RecordId, RecordKind } from '#domain/records/record.ts';
import { customer } from '#test/domain/metrics/facts.ts';

/** Everything an async iterable yields. */
export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(items);

/** A fact as a record: modified at the epoch, without outputs, unless told otherwise. */
export const recordOf = <K extends RecordKind>(
  fact: Fact<K>,
  rest: Partial<Pick<CxRecord, 'modifiedAt' | 'outputs' | 'problems' | 'absorbed'>> = {},
): CxRecord<K> => ({ ...fact, modifiedAt: 0, outputs: {}, problems: [], absorbed: [], ...rest }) as CxRecord<K>;

/** A contact by id, of whom only the name is known. */
export const contact = (id: RecordId, name = `Contact ${id}`): Fact<'contact'> => {
  const { kind, links, fields } = customer({ name });
  return { kind, id, links, fields } as Fact<'contact'>;
};

/** Whole numbers from 1, as ids. */
export const numbered = (count: number): RecordId[] => Array.from({ length: count }, (_, index) => String(index + 1));

/** Ids of 1 to 19 digits, ascending as integers. */
export const idsOfEveryLength: readonly RecordId[] = [
  ...Array.from({ length: 19 }, (_, digits) => `1${'0'.repeat(digits)}`),
  '9223372036854775806',
  '9223372036854775807',
];
