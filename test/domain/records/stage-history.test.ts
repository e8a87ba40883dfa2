import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageChange, TicketFields } from '#domain/records/record.ts';
import { stageHistoryOf, walkStages, withStageHistory } from '#domain/records/stage-history.ts';
import { ticket } from '#test/domain/metrics/facts.ts';

const meanings: Readonly<Record<string, boolean>> = { new: false, waiting: false, solved: true, closed: true };
const isClosed = (stage: string): boolean | undefined => meanings[stage];

/** Steps in the order they were made, `stage@at`; histories list them the other way round. */
const way = (...steps: readonly string[]): StageChange[] =>
  steps
    .map((step) => {
      const [stage = '', at] = step.split('@');
      return { stage, at: Number(at) };
    })
    .reverse();

describe('a way through the stages', () => {
  test.for<[string, StageChange[], first: number | null, reopenings: number, last: number | null]>([
    ['that never leads to a closed stage has no first close', way('new@1', 'waiting@2'), null, 0, null],
    ['is closed where it first enters a closed stage', way('new@1', 'waiting@2', 'solved@3', 'closed@4'), 3, 0, null],
    ['keeps its first close over reopenings', way('new@1', 'closed@2', 'new@3', 'closed@4', 'waiting@5'), 2, 2, 5],
    ['counts one reopening for a walk among open stages', way('new@1', 'closed@2', 'new@3', 'waiting@4'), 2, 1, 3],
    ['counts a stay of no time', way('new@1', 'closed@2', 'new@2', 'closed@2'), 2, 1, 2],
    ['that begins closed does not show its first close', way('closed@1', 'new@2', 'closed@3'), null, 1, 2],
    ['stays as it was in a stage nobody knows', way('new@1', 'closed@2', 'gone@3', 'closed@4'), 2, 0, null],
    ['is reopened when it comes from such a stage', way('new@1', 'closed@2', 'gone@3', 'new@4'), 2, 1, 4],
    ['may have been closed in such a stage first', way('new@1', 'gone@2', 'closed@3', 'new@4'), null, 1, 4],
    ['of no step says nothing', [], null, 0, null],
  ])('%s', ([, changes, firstClosedAt, reopenCount, lastReopenedAt]) => {
    expect(walkStages(changes, isClosed)).toEqual({ firstClosedAt, reopenCount, lastReopenedAt });
  });

  const anyStage = (closed: boolean) =>
    fc.constantFrom(...Object.keys(meanings).filter((id) => meanings[id] === closed));
  /** Turns of open and closed stays, beginning open; each is one or more steps, of which some take no time. */
  const anyTurns = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }).chain((sizes) =>
    fc.tuple(
      ...sizes.map((size, turn) =>
        fc.array(fc.record({ stage: anyStage(turn % 2 === 1), after: fc.integer({ min: 0, max: 3 }) }), {
          minLength: size,
          maxLength: size,
        }),
      ),
    ),
  );

  test('of any turns is reopened at each turn back, and first closed at the first turn', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        let now = 0;
        const dated = turns.map((steps) =>
          steps.map(({ stage, after }) => {
            now += after;
            return { stage, at: now };
          }),
        );
        const begins = (turn: number): number | null => dated[turn]?.[0]?.at ?? null;
        const reopenCount = Math.floor((turns.length - 1) / 2);
        expect(walkStages(dated.flat().reverse(), isClosed)).toEqual({
          firstClosedAt: begins(1),
          reopenCount,
          lastReopenedAt: reopenCount === 0 ? null : begins(2 * reopenCount),
        });
      }),
    );
  });
});

describe('a ticket with its stage history', () => {
  const told = (fields: Partial<TicketFields>, changes: readonly StageChange[], keepsCount = false): TicketFields => {
    const row = ticket({ stage: changes[0]?.stage ?? 'new', ...fields }).fields;
    return withStageHistory(row, stageHistoryOf(row, changes), isClosed, { keepsCount });
  };
  const reopenedOnce = { closedAt: 9, reopenedAt: 5, reopenCount: 1, firstClosedAt: null };
  const twice = way('new@1', 'closed@2', 'new@3', 'closed@4', 'new@5', 'closed@9');

  test('knows its first close and every reopening; the last close stays what the portal says', () => {
    const fields = told(reopenedOnce, twice);
    expect(fields).toMatchObject({ firstClosedAt: 2, reopenCount: 2, reopenedAt: 5, closedAt: 9, endedAt: 9 });
  });

  test('knows when it was reopened even where the portal does not', () => {
    expect(told({ closedAt: 9 }, twice)).toMatchObject({ firstClosedAt: 2, reopenCount: 2, reopenedAt: 5 });
  });

  test('keeps the count of a company that counts itself', () => {
    expect(told({ ...reopenedOnce, reopenCount: 1 }, twice, true)).toMatchObject({ firstClosedAt: 2, reopenCount: 1 });
  });

  test('is closed or open as the record says, whatever its stage means elsewhere', () => {
    const fields = { stage: 'own', isClosed: true, endedAt: 9, reopenedAt: 3, reopenCount: 1, firstClosedAt: null };
    expect(told(fields, way('new@1', 'closed@2', 'new@3', 'own@9'))).toMatchObject({
      firstClosedAt: 2,
      reopenCount: 1,
    });
  });

  test('of steps of one moment takes that one for the last which it is in', () => {
    const steps = way('new@1', 'closed@2', 'closed@7', 'new@7');
    expect(told({ ...reopenedOnce, stage: 'closed' }, steps)).toMatchObject({ firstClosedAt: 2, reopenCount: 1 });
  });

  test.for<[string, Partial<TicketFields>, StageChange[]]>([
    ['has but its current stage, as after an import', reopenedOnce, way('closed@9')],
    ['ends in another stage than the ticket is in', { ...reopenedOnce, stage: 'solved' }, twice],
    ['knows of no reopening though the portal dates one', reopenedOnce, way('new@1', 'closed@2')],
    ['knows of fewer reopenings than the company counted', { ...reopenedOnce, reopenCount: 3 }, twice],
    ['is empty', reopenedOnce, []],
  ])('stays as the row says where the history %s', ([, fields, changes]) => {
    const row = ticket({ stage: changes[0]?.stage ?? 'closed', ...fields }).fields;
    expect(told(row, changes)).toEqual(row);
  });

  test('of more steps than are kept has no first close', () => {
    const steps = way(
      'new@1',
      ...Array.from({ length: 600 }, (_, n) => [`closed@${2 * n + 2}`, `new@${2 * n + 3}`]).flat(),
    );
    const row = ticket({ stage: 'new', isClosed: false, reopenedAt: 1201, reopenCount: 1, firstClosedAt: null }).fields;
    const history = stageHistoryOf(row, steps);
    expect(JSON.stringify(history).length).toBeLessThan(50_000);
    expect(withStageHistory(row, history, isClosed, { keepsCount: false })).toMatchObject({
      firstClosedAt: null,
      reopenCount: 500,
    });
  });
});
