import { describe, expect, test } from 'vitest';
import type { RecordId } from '#domain/records/record.ts';
import type { Departure, IdRange, Store } from '#pipeline/ports.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { ticket } from '#test/domain/metrics/facts.ts';
import { idsOfEveryLength, numbered, recordOf } from './examples.ts';
import { crashAfter, startFront } from './front.ts';
import { itemsOf } from './items.ts';
import { onEachEngine, type TestTable } from './on-each-engine.ts';

const all: IdRange = { after: null, upTo: null };

const departing = {
  archived: (id: RecordId, at = 1): Departure => ({ kind: 'ticket', id, at, why: 'archived' }),
  merged: (id: RecordId, at = 1, into = '99'): Departure => ({ kind: 'ticket', id, at, why: 'merged', into }),
  erased: (id: RecordId, at = 1): Departure => ({ kind: 'ticket', id, at, why: 'erased' }),
};
const { archived, merged, erased } = departing;

const saved = (id: RecordId, modifiedAt = 0) => recordOf(ticket({ id }), { modifiedAt });
const departureOf = async (store: Store, id: RecordId) => (await store.departures('ticket', [id])).get(id);

onEachEngine('departures', (opened, table) => {
  describe('replace a record and one another:', () => {
    test.for([
      ['archived', 'archived', 'later'],
      ['archived', 'merged', 'later'],
      ['archived', 'erased', 'later'],
      ['merged', 'archived', 'earlier'],
      ['merged', 'merged', 'later'],
      ['merged', 'erased', 'later'],
      ['erased', 'archived', 'earlier'],
      ['erased', 'merged', 'earlier'],
      ['erased', 'erased', 'earlier'],
    ] as const)('once %s, then %s, the %s one stays', async ([first, second, stays]) => {
      const store = opened();
      await store.saveRecords([saved('5')]);
      const earlier = departing[first]('5', 1);
      const later = departing[second]('5', 2);
      for (const departure of [earlier, later]) await store.departRecords([departure]);
      const expected = stays === 'later' ? later : earlier;
      expect(await departureOf(store, '5')).toEqual(expected);
      expect(await store.archivedIds('ticket', all)).toEqual(expected.why === 'archived' ? ['5'] : []);
      // The list itself names no more than that: it would grow with every look at the recycle bin.
      const listed = (await itemsOf(table())).filter(({ pk }) => pk === 'archived#ticket');
      expect(listed).toHaveLength(expected.why === 'archived' ? 1 : 0);
    });

    test('a merge follows its record into the next one', async () => {
      const store = opened();
      await store.departRecords([merged('5', 1, '6')]);
      await store.departRecords([merged('5', 2, '7')]);
      expect(await departureOf(store, '5')).toEqual(merged('5', 2, '7'));
    });
  });

  test('are all told of, of every kind, and records that are kept are not', async () => {
    const store = opened();
    const ids = idsOfEveryLength.slice(0, 6);
    await store.saveRecords(ids.map((id) => saved(id)));
    const contact: Departure = { kind: 'contact', id: '5', at: 7, why: 'erased' };
    const departures = [contact, archived(ids[0] ?? ''), merged(ids[2] ?? '', 3, '12'), erased(ids[4] ?? '')];
    await store.departRecords(departures);
    const told = await Array.fromAsync(store.allDepartures());
    expect(told).toHaveLength(departures.length);
    expect(told).toEqual(expect.arrayContaining(departures));
  });

  test.for(Object.entries(departing))(
    'once %s, a record is neither read nor listed nor counted',
    async ([_, depart]) => {
      const store = opened();
      await store.saveRecords(['5', '6'].map((id) => saved(id)));
      await store.departRecords([depart('5')]);
      expect([...(await store.readRecords('ticket', ['5', '6'])).keys()]).toEqual(['6']);
      expect(await store.recordIds('ticket', all)).toEqual(['6']);
      expect(await store.countRecords('ticket')).toBe(1);
    },
  );

  test.for(Object.entries(departing))('once %s, no row brings a record back, however new', async ([_, depart]) => {
    const store = opened();
    await store.saveRecords([saved('5')]);
    // A record may depart before it was ever read.
    await store.departRecords([depart('5'), depart('6')]);
    await store.saveRecords([saved('5', 9e12), saved('6', 9e12)]);
    expect(await store.readRecords('ticket', ['5', '6'])).toEqual(new Map());
    expect(await store.departures('ticket', ['5', '6'])).toEqual(
      new Map([
        ['5', depart('5')],
        ['6', depart('6')],
      ]),
    );
  });

  test('are answered for the ids named, by kind; what is kept or unknown has none', async () => {
    const store = opened();
    await store.saveRecords([saved('5')]);
    await store.departRecords([merged('9223372036854775807'), { kind: 'deal', id: '5', at: 1, why: 'erased' }]);
    expect(await store.departures('ticket', ['5', '9223372036854775807', '404', '9223372036854775807'])).toEqual(
      new Map([['9223372036854775807', merged('9223372036854775807')]]),
    );
    expect(await store.departures('ticket', [])).toEqual(new Map());
  });

  test('by the hundred are all made', async () => {
    const store = opened();
    const ids = numbered(230);
    await store.saveRecords(ids.map((id) => saved(id)));
    await store.departRecords(ids.map((id) => archived(id)));
    expect((await store.departures('ticket', ids)).size).toBe(230);
    expect(await store.archivedIds('ticket', all)).toEqual(ids);
    await store.departRecords(ids.map((id) => erased(id, 2)));
    expect(await store.archivedIds('ticket', all)).toEqual([]);
    expect(await store.countRecords('ticket')).toBe(0);
  });

  test('to the recycle bin are listed in the order of ids, range by range', async () => {
    const store = opened();
    await store.departRecords(idsOfEveryLength.toReversed().map((id) => archived(id)));
    await store.departRecords([{ kind: 'deal', id: '3', at: 1, why: 'archived' }, erased('4'), merged('6')]);
    expect(await store.archivedIds('ticket', all)).toEqual(idsOfEveryLength);
    expect(await store.archivedIds('ticket', { after: '10', upTo: '10000' })).toEqual(['100', '1000', '10000']);
    expect(await store.archivedIds('ticket', { after: '10000', upTo: '10000' })).toEqual([]);
    expect(await store.archivedIds('deal', all)).toEqual(['3']);
  });

  test('to the recycle bin can be taken back, and then an older row is as good as any; others cannot', async () => {
    const store = opened();
    await store.saveRecords(['1', '2', '3'].map((id) => saved(id, 500)));
    await store.departRecords([archived('1'), merged('2'), erased('3')]);
    for (const _ of ['once', 'twice']) await store.readmitRecords('ticket', ['1', '1', '2', '3', '404']);
    expect(await store.archivedIds('ticket', all)).toEqual([]);
    expect([...(await store.departures('ticket', ['1', '2', '3'])).keys()]).toEqual(['2', '3']);
    await store.saveRecords(['1', '2', '3'].map((id) => saved(id, 400)));
    expect(await store.recordIds('ticket', all)).toEqual(['1']);
    await store.readmitRecords('ticket', ['1']);
    expect(await store.recordIds('ticket', all)).toEqual(['1']);
  });

  /** Everything the store says of one record. */
  const known = async (store: Store, id: RecordId) => ({
    departure: (await departureOf(store, id))?.why ?? null,
    listed: (await store.archivedIds('ticket', all)).includes(id),
    read: (await store.readRecords('ticket', [id])).has(id),
  });
  type Known = Awaited<ReturnType<typeof known>>;

  const steps: Record<string, (store: Store) => Promise<void>> = {
    archive: (store) => store.departRecords([archived('5')]),
    merge: (store) => store.departRecords([merged('5')]),
    erase: (store) => store.departRecords([erased('5')]),
    readmit: (store) => store.readmitRecords('ticket', ['5']),
  };
  /** Runs a step against a store that stops after so many writes; answers whether it came to its end. */
  const cutAfter = async (writes: number, at: TestTable, step: (store: Store) => Promise<void>): Promise<boolean> => {
    const front = await startFront(at.endpoint, crashAfter(writes));
    try {
      await step(dynamoStore({ ...at, endpoint: front.url }));
      return true;
    } catch (error) {
      expect(error).toMatchObject({ name: 'AccessDeniedException' });
      return false;
    } finally {
      await front.close();
    }
  };
  const gone = (why: Departure['why']): Known => ({ departure: why, listed: why === 'archived', read: false });

  test.for([
    ['archive', [], gone('archived')],
    ['archive', ['archive'], gone('archived')],
    ['merge', ['archive'], gone('merged')],
    ['erase', ['archive'], gone('erased')],
    ['archive', ['merge'], gone('merged')],
    ['readmit', ['archive'], { departure: null, listed: false, read: false }],
  ] as const)(
    'cut off anywhere lose no archived record, and done again end right: %s after %j',
    async ([step, before, end]) => {
      const store = opened();
      await store.saveRecords([saved('5')]);
      for (const earlier of before) await steps[earlier]?.(store);
      const work = steps[step] as (store: Store) => Promise<void>;
      let cuts = 0;
      for (let writes = 0; !(await cutAfter(writes, table(), work)); writes++) {
        const { departure, listed, read } = await known(store, '5');
        expect({ listed, read }).toEqual({
          listed: departure === 'archived',
          read: before.length === 0 && departure === null,
        });
        cuts++;
      }
      expect(cuts).toBeGreaterThan(0);
      expect(await known(store, '5')).toEqual(end);
    },
  );
});
