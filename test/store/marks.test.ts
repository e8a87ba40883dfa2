import { expect, test } from 'vitest';
import type { CustomerKey, DayBucket } from '#pipeline/ports.ts';
import { numbered } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

const march: DayBucket = { attribution: 'ticket.opened', day: '2026-03-01' };
const undated: DayBucket = { attribution: 'answer.answered', day: 'undated' };
const contact: CustomerKey = { kind: 'contact', id: '9223372036854775807' };
const company: CustomerKey = { kind: 'company', id: '5' };

onEachEngine('marks', (opened) => {
  test('name each day once, however often it is marked, until cleared', async () => {
    const store = opened();
    await store.markDays([march, undated, march]);
    await store.markDays([march]);
    const marks = await store.dirtyDays();
    expect(marks.map(({ target }) => target)).toEqual([undated, march]);
    for (const mark of marks) await store.clearDay(mark);
    expect(await store.dirtyDays()).toEqual([]);
  });

  test('put again while somebody works on a day survive the clearing of the mark that was worked on', async () => {
    const store = opened();
    await store.markDays([march]);
    const [working] = await store.dirtyDays();
    if (!working) throw new Error('The day is not marked');
    await store.markDays([march]);
    await store.clearDay(working);
    const [again] = await store.dirtyDays();
    expect(again?.target).toEqual(march);
    expect(again?.version).not.toBe(working.version);
  });

  test('that are cleared twice, or were never put, are no error', async () => {
    const store = opened();
    await store.clearDay({ target: march, version: 'never put' });
    await store.markDays([march]);
    const [mark] = await store.dirtyDays();
    if (mark) for (const _ of ['once', 'twice']) await store.clearDay(mark);
    expect(await store.dirtyDays()).toEqual([]);
  });

  test('on customers are put, put again and cleared in the same way', async () => {
    const store = opened();
    await store.markCustomers([contact, company, contact]);
    const working = await store.dirtyCustomers();
    expect(new Set(working.map(({ target }) => target))).toEqual(new Set([contact, company]));
    await store.markCustomers([company]);
    await store.clearCustomers(working);
    expect((await store.dirtyCustomers()).map(({ target }) => target)).toEqual([company]);
  });

  test('on everybody stand beside those on single customers', async () => {
    const store = opened();
    await store.markCustomers('all');
    await store.markCustomers([contact]);
    const marks = await store.dirtyCustomers();
    expect(new Set(marks.map(({ target }) => target))).toEqual(new Set(['all', contact]));
    await store.markCustomers('all');
    await store.clearCustomers(marks);
    expect((await store.dirtyCustomers()).map(({ target }) => target)).toEqual(['all']);
  });

  test('on nothing mark nothing', async () => {
    const store = opened();
    await store.markDays([]);
    await store.markCustomers([]);
    expect([await store.dirtyDays(), await store.dirtyCustomers()]).toEqual([[], []]);
  });

  test('by the hundred are all put and all cleared', async () => {
    const store = opened();
    await store.markCustomers(numbered(130).map((id) => ({ kind: 'contact', id })));
    const marks = await store.dirtyCustomers();
    expect(marks).toHaveLength(130);
    await store.clearCustomers(marks);
    expect(await store.dirtyCustomers()).toEqual([]);
  });
});
