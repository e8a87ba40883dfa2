import { describe, expect, test } from 'vitest';
import { type Ending, mostContinuations, nextRun, type Run } from '#lambdas/runtime/next-run.ts';

const now = Date.parse('2026-03-10T10:00:00Z');
const minute = 60_000;
const run = (differing: Partial<Run> = {}): Run => ({ now, continuation: 0, pauseMs: 0, ...differing });

describe('a run', () => {
  test.each<[why: string, ending: Ending, differing: Partial<Run>, seconds: number]>([
    ['was cut and achieved something', { kind: 'cut', progress: 1 }, {}, 0],
    ['was cut and is to leave the field to others', { kind: 'cut', progress: 1 }, { pauseMs: 5 * minute }, 300],
    ['is to come again at a moment', { kind: 'busy', until: now + 10_400 }, {}, 11],
    ['is to come again in a quarter of an hour', { kind: 'busy', until: now + 15 * minute }, {}, 900],
    ['waits for another one to end', { kind: 'elsewhere', until: now + minute }, {}, 60],
    ['is the last one of its chain but one', { kind: 'cut', progress: 9 }, { continuation: mostContinuations - 1 }, 0],
  ])('that %s goes on', (_, ending, differing, seconds) => {
    expect(nextRun(ending, run(differing))).toEqual({ afterSeconds: seconds });
  });

  test.each<[why: string, ending: Ending]>([
    ['is done', { kind: 'done' }],
    ['does not know when to come again', { kind: 'busy', until: null }],
    ['is to come again at a moment that has passed', { kind: 'busy', until: now - 1 }],
    ['is to come again tomorrow', { kind: 'busy', until: now + 15 * minute + 1 }],
    ['finds another one at its work, and the next one is soon due', { kind: 'elsewhere', until: null }],
  ])('that %s leaves the rest to the schedule', (_, ending) => {
    expect(nextRun(ending, run())).toMatchObject({ givenUp: false });
  });

  test.each<[why: string, ending: Ending, continuation: number]>([
    ['took all its time and achieved nothing', { kind: 'cut', progress: 0 }, 0],
    ['is the last one of a long chain', { kind: 'cut', progress: 9 }, mostContinuations],
    ['was sent away again and again', { kind: 'busy', until: now + minute }, mostContinuations],
  ])('that %s gives up, and somebody should know', (_, ending, continuation) => {
    expect(nextRun(ending, run({ continuation }))).toMatchObject({ givenUp: true });
  });

  test('ends its chain before Lambda does, which stops a function after about 16 of its own messages', () => {
    expect(mostContinuations).toBeLessThan(15);
  });
});
