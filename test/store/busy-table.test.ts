import { expect, test } from 'vitest';
import { dynamoStore } from '#store/dynamo-store.ts';
import { ticket } from '#test/domain/metrics/facts.ts';
import { all, numbered, recordOf } from './examples.ts';
import { answered, type PassingCall, type Rule, startFront } from './front.ts';
import { onEachEngine } from './on-each-engine.ts';

const wishes = numbered(60).map((id) => ({ kind: 'contact' as const, id, wanted: { cx_health_score: '1' } }));

/** Takes no more of a batch than `room` says, and answers with the rest as DynamoDB does. */
const crowded =
  (room: (call: PassingCall) => number): Rule =>
  async (call) => {
    const { operation, body, pass } = call;
    const [name, asked] = Object.entries(body.RequestItems ?? {})[0] ?? [];
    if (!name || !operation.startsWith('Batch')) return pass();
    const takes = room(call);
    const reads = operation === 'BatchGetItem';
    const all = reads ? (asked as { Keys: object[] }).Keys : (asked as object[]);
    const named = (part: object[]) => ({ [name]: reads ? { ...(asked as object), Keys: part } : part });
    const left = all.length > takes ? named(all.slice(takes)) : {};
    const taken = takes > 0 ? JSON.parse((await pass({ RequestItems: named(all.slice(0, takes)) })).body) : {};
    return answered({ ...taken, [reads ? 'UnprocessedKeys' : 'UnprocessedItems']: left });
  };

onEachEngine('a busy table', (opened, table) => {
  /** A store before which DynamoDB takes what `room` says, and the pauses it made. */
  const busy = async (room: (call: PassingCall) => number) => {
    const front = await startFront(table().endpoint, crowded(room));
    const pauses: number[] = [];
    const sleep = async (ms: number) => void pauses.push(ms);
    return { store: dynamoStore({ ...table(), endpoint: front.url, sleep }), pauses, close: front.close };
  };

  test('gets what it left of a batch again after a pause, until it has all', async () => {
    const { store, pauses, close } = await busy(() => 10);
    await store.queueWrites(wishes);
    expect(await all(opened().pendingWrites('contact'))).toMatchObject(wishes);
    // Batches of 25, 25 and 10, of which it takes ten at a time.
    expect(pauses).toHaveLength(4);
    expect(pauses.every((ms) => ms >= 0 && ms <= 100)).toBe(true);
    await close();
  });

  test('is asked again for what it left out of an answer', async () => {
    await opened().saveRecords(numbered(150).map((id) => recordOf(ticket({ id }))));
    const { store, pauses, close } = await busy(() => 40);
    expect((await store.readRecords('ticket', numbered(150))).size).toBe(150);
    expect(pauses).toHaveLength(3);
    await close();
  });

  test('that takes nothing is given more time with each answer, and less again once it takes something', async () => {
    const takes = [0, 0, 0, 5, 25];
    const { store, pauses, close } = await busy(() => takes.shift() ?? 25);
    await store.queueWrites(wishes.slice(0, 20));
    expect(await all(opened().pendingWrites('contact'))).toHaveLength(20);
    expect(pauses).toHaveLength(4);
    for (const [index, longest] of [200, 400, 800, 100].entries()) expect(pauses[index]).toBeLessThanOrEqual(longest);
    await close();
  });

  test('that goes on taking nothing is given up, to be tried again later', async () => {
    const { store, pauses, close } = await busy(() => 0);
    await expect(store.queueWrites(wishes.slice(0, 20))).rejects.toMatchObject({
      name: 'StoreBusyError',
      retryable: true,
      remedy: expect.stringContaining('CloudWatch'),
    });
    expect(pauses).toHaveLength(7);
    expect(new Set(pauses).size).toBe(7);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(5000);
    await close();
  });
});
