import { expect, test } from 'vitest';
import type { RecordKind } from '#domain/records/record.ts';
import type { QuarantinedRecord } from '#pipeline/ports.ts';
import { all, idsOfEveryLength, numbered } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

const row = (id: string, because: string, since: number, kind: RecordKind = 'ticket'): QuarantinedRecord => ({
  kind,
  id,
  because,
  since,
});

onEachEngine('the quarantine', (opened) => {
  test('holds each record once, with the latest reason and the moment of the first', async () => {
    const store = opened();
    await store.quarantine([row('5', 'first', 100), row('6', 'twice in one batch', 300), row('6', 'of two', 200)]);
    await store.quarantine([row('5', 'second', 400)]);
    expect((await all(store.quarantined()))[0]).toEqual(row('5', 'second', 100));
    await store.quarantine([row('5', 'third, by a slow clock', 50)]);
    expect(await all(store.quarantined())).toEqual([row('5', 'third, by a slow clock', 50), row('6', 'of two', 200)]);
  });

  test('is shown kind by kind in the order of ids', async () => {
    const store = opened();
    await store.quarantine([row('?', 'no id', 1), ...idsOfEveryLength.toReversed().map((id) => row(id, '', 1))]);
    await store.quarantine([row('5', '', 1, 'contact')]);
    const ids = async (kind?: RecordKind) => (await all(store.quarantined(kind))).map(({ id }) => id);
    expect(new Set(await ids('ticket'))).toEqual(new Set([...idsOfEveryLength, '?']));
    expect((await ids('ticket')).filter((id) => id !== '?')).toEqual(idsOfEveryLength);
    expect(await ids('contact')).toEqual(['5']);
    expect(await ids('deal')).toEqual([]);
    expect(await ids()).toEqual([...(await ids('contact')), ...(await ids('ticket'))]);
  });

  test('lets go of what can be read again; to let go of what it does not hold is no error', async () => {
    const store = opened();
    await store.quarantine([...numbered(60), '?'].map((id) => row(id, '', 1)));
    for (const _ of ['once', 'twice']) await store.releaseFromQuarantine('ticket', [...numbered(59), '59', '?', '404']);
    expect(await all(store.quarantined())).toEqual([row('60', '', 1)]);
    await store.releaseFromQuarantine('deal', ['60']);
    await store.releaseFromQuarantine('ticket', []);
    expect(await all(store.quarantined())).toHaveLength(1);
    await store.quarantine([row('59', 'again', 7)]);
    expect(await all(store.quarantined('ticket'))).toContainEqual(row('59', 'again', 7));
  });
});
