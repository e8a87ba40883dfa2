import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Contributions, DayBucket, DayRange, Store } from '#pipeline/ports.ts';
import { onEachEngine } from './on-each-engine.ts';

const on = (day: string): DayBucket => ({ attribution: 'answer.answered', day });
const everything: DayRange = { from: null, to: null, undated: true };
const all = (store: Store) => store.contributions('answer.answered', everything);

/** Contributions that stay about as many bytes when compressed, the same ones for the same name. */
const incompressible = (name: string, bytes: number): Contributions => ({
  nps: Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash('sha256').update(`${name} ${index}`).digest('base64'),
  ),
});

onEachEngine('contributions', (opened) => {
  describe('of a range of days', () => {
    test.for([
      [{ from: null, to: null, undated: false }, ['2026-02-28', '2026-03-01', '2026-03-02']],
      [everything, ['2026-02-28', '2026-03-01', '2026-03-02', 'undated']],
      [{ from: '2026-03-01', to: '2026-03-02', undated: false }, ['2026-03-01', '2026-03-02']],
      [{ from: '2026-03-01', to: '2026-03-01', undated: true }, ['2026-03-01', 'undated']],
      [{ from: null, to: '2026-02-28', undated: false }, ['2026-02-28']],
      [{ from: '2026-03-03', to: null, undated: false }, []],
    ] as const)('both ends count, undated days only when asked for: %j', async ([range, days]) => {
      const store = opened();
      for (const day of ['2026-02-28', 'undated', '2026-03-02', '2026-03-01'])
        await store.saveContributions(on(day), { nps: { day } });
      await store.saveContributions({ attribution: 'ticket.opened', day: '2026-03-01' }, { other: 1 });
      expect(await store.contributions('answer.answered', range)).toEqual(days.map((day) => ({ nps: { day } })));
    });
  });

  test('are replaced by those saved later', async () => {
    const store = opened();
    for (const n of [1, 2]) await store.saveContributions(on('2026-03-01'), { nps: { n } });
    expect(await all(store)).toEqual([{ nps: { n: 2 } }]);
  });

  test('too large for one item come back whole, whatever the day held before', async () => {
    const store = opened();
    const sizes = [10, 1_300_000, 700_000, 10, 900_000];
    for (const [index, size] of sizes.entries()) {
      const value = incompressible(`saving ${index}`, size);
      await store.saveContributions(on('undated'), value);
      await store.saveContributions(on('2026-03-01'), { nps: index });
      expect(await all(store)).toEqual([{ nps: index }, value]);
    }
  });

  test('are read old or new, never torn, while somebody saves them', async () => {
    const store = opened();
    const values = [400_000, 1_300_000, 20, 700_000].map((size) => incompressible(`of ${size}`, size));
    const known = new Set(values.map((value) => JSON.stringify(value)));
    await store.saveContributions(on('undated'), values[0] as Contributions);

    let saving = true;
    let read = 0;
    const reader = async (): Promise<void> => {
      for (; saving || read < 10; read++) {
        const [value, ...more] = await all(store);
        expect(more).toEqual([]);
        expect(known.has(JSON.stringify(value))).toBe(true);
      }
    };
    const writer = async (): Promise<void> => {
      for (let round = 0; round < 12; round++)
        await store.saveContributions(on('undated'), values[round % values.length] as Contributions);
      saving = false;
    };
    await Promise.all([reader(), reader(), writer()]);
  });

  test('saved by two at once are those of one of them', async () => {
    const store = opened();
    const values = ['one', 'other'].map((name) => incompressible(name, 700_000));
    for (const _ of ['first', 'second', 'third'])
      await Promise.all(values.map((value) => store.saveContributions(on('undated'), value)));
    const [value] = await all(store);
    expect(values).toContainEqual(value);
  });
});
