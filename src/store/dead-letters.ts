import type { DeadLetter } from '#pipeline/ports.ts';
import { deadLetterKey, deadLettersPartition } from './keys.ts';
import type { Table } from './table.ts';

/** Bodies that nobody can read may be about anybody: they are kept as long as SQS keeps its own, in seconds. */
const rawKeptFor = 14 * 86_400;
/** Nobody looked at it for a quarter; what it told has long been read by the pull. */
const changesKeptFor = 90 * 86_400;

export const saveDeadLetters = (table: Table, letters: readonly DeadLetter[]): Promise<void> =>
  table.putMany(
    letters.map((letter) => ({
      ...deadLetterKey(letter),
      data: JSON.stringify(letter),
      ttl: Math.ceil(letter.at / 1000) + ('raw' in letter.content ? rawKeptFor : changesKeptFor),
    })),
  );

export async function* deadLetters(table: Table): AsyncGenerator<DeadLetter> {
  for await (const item of table.query(deadLettersPartition)) yield JSON.parse(item['data'] as string) as DeadLetter;
}

export const dropDeadLetters = (
  table: Table,
  letters: readonly Pick<DeadLetter, 'kind' | 'id' | 'fingerprint'>[],
): Promise<void> => table.deleteMany(letters.map(deadLetterKey));
