import { expect, test } from 'vitest';
import type { CustomerKey, PendingWrite, Receipt, RefusedWrite } from '#pipeline/ports.ts';
import { all, idsOfEveryLength, numbered } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

const wish = (id: string, score: string, kind: CustomerKey['kind'] = 'contact'): PendingWrite => ({
  kind,
  id,
  wanted: { cx_health_score: score },
});

onEachEngine('the outbox', (opened) => {
  test('holds the latest wish for each record, in the order of ids, kind by kind', async () => {
    const store = opened();
    await store.queueWrites(idsOfEveryLength.toReversed().map((id) => wish(id, '1')));
    await store.queueWrites([wish('1', '2'), wish('1', '3'), wish('1', '4', 'company')]);
    const waiting = await all(store.pendingWrites('contact'));
    expect(waiting.map(({ id }) => id)).toEqual(idsOfEveryLength);
    expect(waiting[0]).toMatchObject(wish('1', '3'));
    expect(await all(store.pendingWrites('company'))).toMatchObject([wish('1', '4', 'company')]);
  });

  test('keeps a later wish when an earlier one, sent meanwhile, is taken back', async () => {
    const store = opened();
    await store.queueWrites([wish('1', 'earlier')]);
    const [sent] = await all(store.pendingWrites('contact'));
    if (!sent) throw new Error('Nothing waits');
    await store.queueWrites([wish('1', 'later')]);
    await store.unqueueWrites([sent]);
    expect(await all(store.pendingWrites('contact'))).toMatchObject([wish('1', 'later')]);
  });

  test('lets go of what is taken out of it while it is being read', async () => {
    const store = opened();
    await store.queueWrites(numbered(250).map((id) => ({ ...wish(id, '1'), wanted: { text: 'x'.repeat(9000) } })));
    const seen: string[] = [];
    for await (const { kind, id } of store.pendingWrites('contact')) {
      seen.push(id);
      await store.unqueueWrites([{ kind, id }]);
    }
    expect(seen).toEqual(numbered(250));
    expect(await all(store.pendingWrites('contact'))).toEqual([]);
  });
});

const receipt = (id: string, before: string, kind: CustomerKey['kind'] = 'contact'): Receipt => ({
  kind,
  id,
  properties: { cx_health_score: '9' },
  before: { cx_health_score: before },
});

onEachEngine('receipts', (opened) => {
  test('are kept by run, companies and contacts each together, the last one of a record', async () => {
    const store = opened();
    await store.saveReceipts('run 1', [receipt('20', ''), receipt('3', ''), receipt('7', '', 'company')]);
    await store.saveReceipts('run 1', [receipt('20', '5')]);
    await store.saveReceipts('run 2', [receipt('20', '9')]);
    expect(await all(store.receipts('run 1'))).toEqual([
      receipt('7', '', 'company'),
      receipt('3', ''),
      receipt('20', '5'),
    ]);
    expect(await all(store.receipts('run 2'))).toEqual([receipt('20', '9')]);
    expect(await all(store.receipts('run 3'))).toEqual([]);
  });
});

const refusal = (id: string, because: string): RefusedWrite => ({
  kind: 'contact',
  id,
  code: 'INVALID_OPTION',
  because,
  remedy: 'Run `cx write --go`.',
  at: 1_780_000_000_000,
});

onEachEngine('refusals', (opened) => {
  test('are shown until cleared, the last one of a record', async () => {
    const store = opened();
    await store.saveRefusals([refusal('20', 'first'), refusal('3', 'other')]);
    await store.saveRefusals([refusal('20', 'second')]);
    expect(await all(store.refusals())).toEqual([refusal('3', 'other'), refusal('20', 'second')]);
    await store.clearRefusals([
      { kind: 'contact', id: '20' },
      { kind: 'company', id: '3' },
    ]);
    expect(await all(store.refusals())).toEqual([refusal('3', 'other')]);
  });
});
