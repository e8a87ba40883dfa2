import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CxRecord, compareIds, type RecordId } from '#domain/records/record.ts';
import type { RecordPage } from '#pipeline/ports.ts';
import { allAfter } from '#pipeline/sync/gaps.ts';
import { readGaps } from '#pipeline/sync/read-gaps.ts';

const record = (id: RecordId) => ({ kind: 'call', id }) as CxRecord<'call'>;

/** Turns of the microtask queue until each answer comes. */
type Turns = () => number;

async function after(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await null;
}

/** HubSpot's two ways to read ids, answering in any order. */
function answering(all: readonly RecordId[], rows: { list: number; search: number }, turns: Turns) {
  const page = async (rest: readonly RecordId[], size: number): Promise<RecordPage> => {
    await after(turns());
    const ids = rest.slice(0, size);
    const remaining = rest.length - ids.length;
    return { records: ids.map(record), unreadable: [], next: remaining > 0 ? (ids.at(-1) ?? null) : null, remaining };
  };
  return {
    listAfter: (_: unknown, from: RecordId | null) =>
      page(
        all.filter((id) => from === null || compareIds(id, from) > 0),
        rows.list,
      ),
    recordsBefore: (_: unknown, from: RecordId | null) =>
      page(all.filter((id) => from === null || compareIds(id, from) < 0).toReversed(), rows.search),
  };
}

async function idsTold(all: readonly RecordId[], rows: { list: number; search: number }, turns: Turns) {
  const told: RecordId[] = [];
  await readGaps(
    {
      crm: answering(all, rows, turns),
      kind: 'call',
      lanes: { list: 5, search: 3 },
      rows,
      isOver: () => false,
      room: () => after(turns()),
      take: ({ records }) => told.push(...records.map(({ id }) => id)),
    },
    allAfter(null, 0),
  );
  return told.toSorted(compareIds);
}

const inTurn = (numbers: readonly number[]): Turns => {
  let at = 0;
  return () => numbers[at++ % numbers.length] as number;
};

test('lanes come to an end and tell every id once, whenever answers and room come', async () => {
  const turns = fc.array(fc.nat(6), { minLength: 1, maxLength: 40 });
  const ids = fc
    .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 5e11, max: 5e11 + 200 })), {
      maxLength: 60,
    })
    .map((numbers) => numbers.map(String).sort(compareIds));
  const sizes = fc.record({ list: fc.integer({ min: 1, max: 6 }), search: fc.integer({ min: 1, max: 8 }) });
  await fc.assert(
    fc.asyncProperty(ids, sizes, turns, async (all, rows, numbers) => {
      expect(await idsTold(all, rows, inTurn(numbers))).toEqual(all);
    }),
    { numRuns: 500 },
  );
});

test('lanes that wait for room come to an end when the last pages arrive together', async () => {
  const all = ['1', '2', '3'];
  expect(await idsTold(all, { list: 2, search: 2 }, inTurn([1, 1, 1, 1, 1, 1, 1, 1, 4, 5, 3, 3, 3]))).toEqual(all);
});
