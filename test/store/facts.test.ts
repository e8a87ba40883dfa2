import { describe, expect, test } from 'vitest';
import type { Fact } from '#domain/records/record.ts';
import type { CustomerKey, Place, StoredScore } from '#pipeline/ports.ts';
import { customerShard } from '#store/keys.ts';
import { answer, purchase, ticket } from '#test/domain/metrics/facts.ts';
import { all, contact, idsOfEveryLength, numbered } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

const opening = (day: string): Place => ({ in: 'day', attribution: 'ticket.opened', day });
const beside = (id: string, kind: CustomerKey['kind'] = 'contact'): Place => ({ in: 'customer', kind, id });
const self = (id: string): { place: Place; fact: Fact } => ({ place: beside(id), fact: contact(id) });

onEachEngine('facts of a day', (opened) => {
  test('are told apart by day and by attribution, and answered in the order of their ids', async () => {
    const store = opened();
    const facts = idsOfEveryLength.map((id) => ticket({ id }));
    await store.fileFacts(facts.toReversed().map((fact) => ({ place: opening('2026-03-01'), fact })));
    await store.fileFacts([
      { place: opening('2026-03-02'), fact: ticket({ id: '77' }) },
      { place: { in: 'day', attribution: 'ticket.closed', day: '2026-03-01' }, fact: ticket({ id: '78' }) },
      { place: opening('undated'), fact: ticket({ id: '79' }) },
    ]);
    const idsOf = async (day: string) =>
      (await store.factsOfDay({ attribution: 'ticket.opened', day })).map(({ id }) => id);
    expect(await idsOf('2026-03-01')).toEqual(idsOfEveryLength);
    expect(await idsOf('2026-03-02')).toEqual(['77']);
    expect(await idsOf('undated')).toEqual(['79']);
    expect(await idsOf('2026-03-03')).toEqual([]);
  });

  test('filed again replace themselves; taken out they are gone, and doing either twice changes nothing', async () => {
    const store = opened();
    const place = opening('2026-03-01');
    const file = (subject: string) => store.fileFacts([{ place, fact: ticket({ id: '1', subject }) }]);
    const filed = () => store.factsOfDay({ attribution: 'ticket.opened', day: '2026-03-01' });
    await file('before');
    await file('after');
    expect(await filed()).toMatchObject([{ fields: { subject: 'after' } }]);
    for (const _ of ['once', 'twice']) {
      await store.unfileFacts([
        { place, fact: { kind: 'ticket', id: '1' } },
        { place, fact: { kind: 'ticket', id: '1' } },
      ]);
      expect(await filed()).toEqual([]);
    }
  });

  test('named twice in one batch are filed as they were named last', async () => {
    const store = opened();
    const place = opening('2026-03-01');
    await store.fileFacts(['first', 'last'].map((subject) => ({ place, fact: ticket({ id: '1', subject }) })));
    expect(await store.factsOfDay({ attribution: 'ticket.opened', day: '2026-03-01' })).toMatchObject([
      { fields: { subject: 'last' } },
    ]);
  });

  test('leave texts to the record: no comment is filed', async () => {
    const store = opened();
    const fact = answer({ id: '1', comment: 'My knee hurts', rating: 9, links: { contact: ['5'] } });
    await store.fileFacts([
      { place: { in: 'day', attribution: 'answer.answered', day: '2026-03-01' }, fact },
      { place: beside('5'), fact },
      self('5'),
    ]);
    const bare = { ...fact, fields: { ...fact.fields, comment: null } };
    expect(await store.factsOfDay({ attribution: 'answer.answered', day: '2026-03-01' })).toEqual([bare]);
    expect((await all(store.customers('contact')))[0]?.facts).toEqual([bare]);
  });

  describe('the days that hold facts', () => {
    test.for([
      [{ from: null, to: null, undated: false }, ['2026-02-28', '2026-03-01', '2026-03-02']],
      [{ from: null, to: null, undated: true }, ['2026-02-28', '2026-03-01', '2026-03-02', 'undated']],
      [{ from: '2026-03-01', to: null, undated: false }, ['2026-03-01', '2026-03-02']],
      [{ from: null, to: '2026-03-01', undated: true }, ['2026-02-28', '2026-03-01', 'undated']],
      [{ from: '2026-03-01', to: '2026-03-01', undated: false }, ['2026-03-01']],
      [{ from: '2026-03-03', to: '2026-12-31', undated: false }, []],
    ] as const)('from a range: %j', async ([range, days]) => {
      const store = opened();
      for (const day of ['2026-03-02', 'undated', '2026-02-28', '2026-03-01'])
        await store.fileFacts([{ place: opening(day), fact: ticket({ id: '1' }) }]);
      expect(await store.daysWithFacts('ticket.opened', range)).toEqual(days);
      expect(await store.daysWithFacts('ticket.closed', range)).toEqual([]);
    });
  });
});

const scoreOf = (id: string, day: string): StoredScore =>
  ({ key: { kind: 'contact', id }, day, score: { id, standing: 'current' }, previous: null }) as unknown as StoredScore;

onEachEngine('customers', (opened) => {
  test('come with themselves, what is filed beside them and their score', async () => {
    const store = opened();
    const own = [ticket({ id: '20' }), purchase({ id: '10' }), contact('7')];
    await store.fileFacts([self('5'), ...own.map((fact) => ({ place: beside('5'), fact }))]);
    await store.saveScores([scoreOf('5', '2026-03-01')]);
    await store.saveScores([scoreOf('5', '2026-03-02')]);
    const [customer, ...others] = await all(store.customers('contact', ['5', '404', '5']));
    expect(others).toEqual([]);
    expect(customer?.key).toEqual({ kind: 'contact', id: '5' });
    expect(customer?.self).toEqual(contact('5'));
    expect(new Set(customer?.facts)).toEqual(new Set(own));
    expect(customer?.score).toEqual(scoreOf('5', '2026-03-02'));
  });

  test('of whom only facts of others arrived have no self; a contact and a company of one id are two', async () => {
    const store = opened();
    await store.fileFacts([
      { place: beside('5', 'company'), fact: ticket({ id: '1' }) },
      { place: beside('5', 'company'), fact: contact('5') },
      self('5'),
    ]);
    const [company] = await all(store.customers('company'));
    expect(company).toMatchObject({ self: null, score: null, facts: [{ kind: 'contact' }, { kind: 'ticket' }] });
    expect(await all(store.customers('contact'))).toMatchObject([{ self: { id: '5' }, facts: [] }]);
  });

  test('are all found, over every shard, each once, with ids of any length', async () => {
    const store = opened();
    const ids = [...idsOfEveryLength, ...numbered(150).slice(10)];
    await store.fileFacts(ids.map(self));
    const found = (await all(store.customers('contact'))).map(({ key }) => key.id);
    expect(found).toHaveLength(new Set(ids).size);
    expect(new Set(found)).toEqual(new Set(ids));
  });

  test('in one shard keep their facts apart', async () => {
    const store = opened();
    const shardOf = (id: string) => customerShard({ kind: 'contact', id });
    const [first = '', second = '', third = ''] = numbered(1000).filter((id) => shardOf(id) === shardOf('1'));
    const fact = ticket({ id: '9' });
    await store.fileFacts([first, second, third].flatMap((id) => [self(id), { place: beside(id), fact }]));
    await store.unfileFacts([{ place: beside(second), fact }]);
    const counts = async (ids?: string[]) =>
      (await all(store.customers('contact', ids))).map(({ key, facts }) => [key.id, facts.length]);
    expect(await counts()).toEqual([
      [first, 1],
      [second, 0],
      [third, 1],
    ]);
    expect(await counts([third, second])).toEqual([
      [third, 1],
      [second, 0],
    ]);
  });

  test('with more facts than one answer of DynamoDB holds are one customer still', async () => {
    const store = opened();
    const shardOf = (id: string) => customerShard({ kind: 'contact', id });
    const [large = '', next = ''] = numbered(1000).filter((id) => shardOf(id) === shardOf('1'));
    const subject = 'x'.repeat(3000);
    await store.fileFacts([
      self(large),
      self(next),
      ...numbered(900).map((id) => ({ place: beside(large), fact: ticket({ id, subject }) })),
    ]);
    const found = await all(store.customers('contact'));
    expect(found.map(({ key, facts }) => [key.id, facts.length])).toEqual([
      [large, 900],
      [next, 0],
    ]);
    expect((await all(store.customers('contact', [large])))[0]?.facts).toHaveLength(900);
  });
});
