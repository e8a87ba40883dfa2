import { expect, test } from 'vitest';
import type { Fact } from '#domain/records/record.ts';
import type { CustomerKey, CustomerKind, Place, Store, StoredScore } from '#pipeline/ports.ts';
import { dynamoStore } from '#store/dynamo-store.ts';
import { idFrom } from '#store/keys.ts';
import { ticket } from '#test/domain/metrics/facts.ts';
import { all, contact, numbered, recordOf } from './examples.ts';
import { crashAfter, startFront } from './front.ts';
import { itemsOf } from './items.ts';
import { onEachEngine } from './on-each-engine.ts';

const runs = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z'];

/** A customer as all steps leave one behind, each value recognisable as theirs. */
async function leaveEverything(store: Store, key: CustomerKey, facts = 3): Promise<void> {
  const own = `of ${key.kind} ${key.id}.`;
  const beside: Place = { in: 'customer', ...key };
  const fields = { ...contact(key.id).fields, name: `Ada ${own}`, email: `ada@${own}` };
  const self = { ...key, fields, links: {} } as unknown as Fact<CustomerKind>;
  await store.saveRecords([recordOf(self, { outputs: { cx_reasons: own } })]);
  await store.fileFacts([
    { place: beside, fact: self },
    ...numbered(facts).map((id) => ({ place: beside, fact: ticket({ id, subject: `Ticket ${own}` }) })),
  ]);
  await store.saveScores([{ key, day: '2026-03-01', score: { name: own }, previous: null } as unknown as StoredScore]);
  await store.markCustomers([key]);
  await store.queueWrites([{ ...key, wanted: { cx_reasons: own } }]);
  for (const run of runs)
    await store.saveReceipts(run, [{ ...key, properties: { cx_reasons: own }, before: { cx_reasons: own } }]);
  await store.saveRefusals([{ ...key, code: 'NO', because: own, remedy: own, at: 1 }]);
  await store.quarantine([{ ...key, because: own, since: 1 }]);
}

onEachEngine('a customer who is forgotten', (opened, table) => {
  /** The items that hold a value of one customer's, or are kept under their id; the tombstone is left out. */
  const traces = async ({ kind, id }: CustomerKey) =>
    (await itemsOf(table())).filter((item) => {
      const { pk, sk } = item as { pk: string; sk: string };
      const theirs =
        pk === `receipt-runs#${kind}#${id}` || (`${pk}#${sk}`.includes(kind) && sk.split('#').map(idFrom).includes(id));
      return JSON.stringify(item).includes(`of ${kind} ${id}.`) || (theirs && item['departed'] === undefined);
    });

  const ada: CustomerKey = { kind: 'contact', id: '5' };
  const others: CustomerKey[] = [
    { kind: 'company', id: '5' },
    { kind: 'contact', id: '55' },
    { kind: 'contact', id: '6' },
  ];

  test('leaves no trace in the table, and others keep everything', async () => {
    const store = opened();
    for (const key of [ada, ...others]) await leaveEverything(store, key);
    const before = await Promise.all(others.map(traces));
    expect((await traces(ada)).length).toBeGreaterThan(12);

    for (const _ of ['once', 'twice']) {
      await store.forgetCustomers([ada, ada]);
      await store.departRecords([{ ...ada, at: 7, why: 'erased' }]);
      expect(await traces(ada)).toEqual([]);
    }
    expect(await Promise.all(others.map(traces))).toEqual(before);
    expect(await all(store.receipts(runs[0] as string))).toHaveLength(others.length);
    expect((await all(store.customers('contact'))).map(({ key }) => key.id).sort()).toEqual(['55', '6']);
  });

  const tombstone = { pk: expect.stringMatching(/^records#contact#\d+$/), sk: '000000000000000000000005', at: 7 };

  test.for([
    [{ why: 'erased' }, [{ ...tombstone, departed: 'erased' }]],
    [{ why: 'merged', into: '6' }, [{ ...tombstone, departed: 'merged', into: '6' }]],
    [
      { why: 'archived' },
      [
        { pk: 'archived#contact', sk: tombstone.sk },
        { ...tombstone, departed: 'archived' },
      ],
    ],
  ] as const)('and whose record departed is nothing but ids and a date in the table: %j', async ([departure, left]) => {
    const store = opened();
    await leaveEverything(store, ada);
    await store.forgetCustomers([ada]);
    await store.departRecords([{ ...ada, at: 7, ...departure }]);
    const items = await itemsOf(table());
    expect(items.sort((a, b) => (String(a['pk']) < String(b['pk']) ? -1 : 1))).toEqual(left);
  });

  test('cut off anywhere is forgotten the next time', async () => {
    const store = opened();
    await leaveEverything(store, ada);
    let cuts = 0;
    for (let done = false; !done; cuts++) {
      const front = await startFront(table().endpoint, crashAfter(cuts));
      const forgetting = dynamoStore({ ...table(), endpoint: front.url }).forgetCustomers([ada]);
      done = await forgetting.then(
        () => true,
        () => false,
      );
      await front.close();
    }
    expect(cuts).toBeGreaterThan(2);
    await store.departRecords([{ ...ada, at: 7, why: 'erased' }]);
    expect(await traces(ada)).toEqual([]);
  });

  test('with more beside them than one answer of DynamoDB holds, or many at once, is forgotten whole', async () => {
    const store = opened();
    const beside: Place = { in: 'customer', ...ada };
    const subject = 'x'.repeat(3000);
    await store.fileFacts(numbered(700).map((id) => ({ place: beside, fact: ticket({ id, subject }) })));
    const many = numbered(60).map((id): CustomerKey => ({ kind: 'contact', id }));
    await store.saveReceipts(
      runs[0] as string,
      many.map((key) => ({ ...key, properties: {}, before: {} })),
    );
    await store.forgetCustomers(many);
    expect(await itemsOf(table())).toEqual([]);
    await store.forgetCustomers([]);
  });
});
