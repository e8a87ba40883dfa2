import { expect, test } from 'vitest';
import type { Store } from '#pipeline/ports.ts';
import { numbered } from './examples.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('lists of ids', (opened) => {
  /** Takes everything off the list, so many at a time. */
  async function drained(store: Store, size: number): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const marks = await store.notedIds('a list', size);
      if (marks.length === 0) return all;
      all.push(...marks.map(({ target }) => target));
      await store.dropIds('a list', marks);
    }
  }

  test('are given back whole, each id once and in order, however they were noted', async () => {
    const store = opened();
    const ids = numbered(210);
    await store.noteIds('a list', ids.slice(70));
    await store.noteIds('a list', ids.slice(0, 71));
    await store.noteIds('a list', ['9223372036854775807']);
    expect(await store.countNoted('a list')).toBe(211);
    expect(await drained(store, 64)).toEqual([...ids, '9223372036854775807']);
    expect(await store.countNoted('a list')).toBe(0);
  });

  test('keep an id that is noted again while it is being taken off', async () => {
    const store = opened();
    await store.noteIds('a list', ['1', '2', '2']);
    const marks = await store.notedIds('a list', 50);
    await store.noteIds('a list', ['2', '3']);
    await store.dropIds('a list', marks);
    expect(await drained(store, 50)).toEqual(['2', '3']);
  });

  test('of other names are other lists', async () => {
    const store = opened();
    await store.noteIds('a list', ['1']);
    expect(await store.notedIds('another', 50)).toEqual([]);
  });
});
