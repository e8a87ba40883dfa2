import { describe, expect, test } from 'vitest';
import { compareIds } from '#domain/records/record.ts';
import { type Item, openTable } from '#store/table.ts';
import { answer, ticket } from '#test/domain/metrics/facts.ts';
import { idsOfEveryLength, numbered, recordOf } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('state documents', (opened, table) => {
  test('are null until saved, then read as they were saved last', async () => {
    const store = opened();
    expect(await store.readState('norms')).toBeNull();
    await store.saveState('norms', { mean: 1.5, of: ['a', null], text: 'größer' });
    expect(await store.readState('norms')).toEqual({ mean: 1.5, of: ['a', null], text: 'größer' });
    await store.saveState('norms', 7);
    expect(await store.readState('norms')).toBe(7);
    expect(await store.readState('other')).toBeNull();
  });

  test('a store belongs to the first portal it meets', async () => {
    const store = opened();
    await store.bindPortal('4711');
    await store.bindPortal('4711');
    await expect(store.bindPortal('815')).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/portal 4711.*portal 815/),
      remedy: expect.stringContaining('never mixed'),
    });
    await store.bindPortal('4711');
  });

  test('a table whose items are kept in other places is refused, not misread', async () => {
    const store = opened();
    await store.bindPortal('4711');
    const bound = (await openTable(table()).get({ pk: 'state', sk: 'portal' })) as Item;
    for (const layout of [undefined, Number(bound['layout']) - 1, Number(bound['layout']) + 1]) {
      await openTable(table()).put({ pk: 'state', sk: 'portal', portalId: '4711', ...(layout && { layout }) });
      await expect(store.bindPortal('4711')).rejects.toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringContaining('another version'),
        remedy: expect.stringContaining('--fresh'),
      });
    }
  });

  test('of portals that arrive at once exactly one is bound', async () => {
    const store = opened();
    const outcomes = await Promise.allSettled(numbered(10).map((portal) => store.bindPortal(portal)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

onEachEngine('records', (opened) => {
  test('come back whole: texts, links, outputs, problems', async () => {
    const record = recordOf(answer({ id: '5', comment: '„naïve“ 😀', links: { contact: ['9007199254740993'] } }), {
      modifiedAt: 1_780_000_000_123,
      outputs: { cx_health_score: '71.0' },
      problems: [{ field: 'rating', because: '11 is outside the scale' }],
    });
    await opened().saveRecords([record]);
    expect(await opened().readRecords('answer', ['5'])).toEqual(new Map([['5', record]]));
    expect(await opened().readRecords('ticket', ['5'])).toEqual(new Map());
  });

  test('an update keeps what another process saved meanwhile, and leaves alone what is not kept', async () => {
    const store = opened();
    const [read, saved] = [
      recordOf(ticket({ id: '1', subject: 'read' })),
      recordOf(ticket({ id: '1', subject: 'saved' })),
    ];
    await store.saveRecords([read]);
    await store.updateRecords('ticket', ['1', '404'], (record) => ({ ...record, writtenAt: 7 }));
    expect(await store.readRecords('ticket', ['1', '404'])).toEqual(new Map([['1', { ...read, writtenAt: 7 }]]));

    const other = opened().saveRecords([saved]);
    await store.updateRecords('ticket', ['1'], (record) => ({ ...record, writtenAt: 8 }));
    await other;
    expect((await store.readRecords('ticket', ['1'])).get('1')?.fields).toEqual(saved.fields);
  });

  test('a newer version replaces an older one, an older one is left out, the same one replaces itself', async () => {
    const store = opened();
    const version = (modifiedAt: number, subject: string) =>
      recordOf(ticket({ id: '1', subject, links: {} }), { modifiedAt });
    const held = async () => (await store.readRecords('ticket', ['1'])).get('1');
    for (const [saved, expected] of [
      [version(200, 'first'), 'first'],
      [version(199, 'late'), 'first'],
      [version(200, 'same moment'), 'same moment'],
      [version(1000, 'newer'), 'newer'],
      [version(999, 'late again'), 'newer'],
    ] as const) {
      await store.saveRecords([saved, recordOf(ticket({ id: '2' }))]);
      expect((await held())?.fields).toMatchObject({ subject: expected });
    }
  });

  test('of versions saved at once the newest stays', async () => {
    const store = opened();
    await store.saveRecords(
      numbered(40).map((moment) => recordOf(ticket({ id: '1', subject: moment }), { modifiedAt: Number(moment) })),
    );
    expect((await store.readRecords('ticket', ['1'])).get('1')?.modifiedAt).toBe(40);
  });

  test('more than one request holds are read, each once, in the order asked for, the unknown ones absent', async () => {
    const store = opened();
    const ids = numbered(230);
    await store.saveRecords(ids.map((id) => recordOf(ticket({ id }))));
    const found = await store.readRecords('ticket', ['999', ...ids, ...ids]);
    expect([...found.keys()]).toEqual(ids);
    expect(await store.readRecords('ticket', [])).toEqual(new Map());
  });

  test('larger together than one answer are read all the same', async () => {
    const store = opened();
    const ids = numbered(60);
    const subject = 'x'.repeat(300_000);
    await store.saveRecords(ids.map((id) => recordOf(ticket({ id, subject }))));
    expect((await store.readRecords('ticket', ids)).size).toBe(60);
    expect(await store.recordIds('ticket', { after: null, upTo: null })).toEqual(ids);
    expect(await store.countRecords('ticket')).toBe(60);
  });

  describe('within a range of ids are named in ascending order, over all shards', () => {
    const ids = [...idsOfEveryLength, ...numbered(40).slice(10)].sort(compareIds);
    test.for([
      [null, null, ids],
      ['0', null, ids],
      [null, '10', ['1', '10']],
      ['1', '12', ['10', '11', '12']],
      ['9', '9', []],
      ['10', '10', []],
      ['12', '11', []],
      ['9223372036854775806', null, ['9223372036854775807']],
      ['9223372036854775807', null, []],
      ['9007199254740993', '9223372036854775806', ids.slice(-5, -1)],
    ] as const)('after %s and up to %s', async ([after, upTo, expected]) => {
      const store = opened();
      await store.saveRecords(ids.map((id) => recordOf(ticket({ id }))));
      await store.saveRecords([recordOf(answer({ id: '11' }))]);
      expect(await store.recordIds('ticket', { after, upTo })).toEqual(expected);
    });
  });

  test('are counted by kind over all shards', async () => {
    const store = opened();
    await store.saveRecords(numbered(150).map((id) => recordOf(ticket({ id }))));
    await store.saveRecords(idsOfEveryLength.map((id) => recordOf(answer({ id }))));
    expect(await store.countRecords('ticket')).toBe(150);
    expect(await store.countRecords('answer')).toBe(idsOfEveryLength.length);
    expect(await store.countRecords('deal')).toBe(0);
  });
});
