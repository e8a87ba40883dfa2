import { describe, expect, test } from 'vitest';
import { moodOf } from '#domain/scores/mood.ts';
import { answer } from './builders.ts';

describe('the mood of an effort answer on 1–7', () => {
  test.each([
    [7, 'happy'],
    [6, 'happy'],
    [5, 'neutral'],
    [4, 'neutral'],
    [3, 'unhappy'],
    [1, 'unhappy'],
    [8, null],
  ])('rated %i is %s, as HubSpot groups it', (rating, mood) => {
    expect(moodOf(answer('ces', rating).fields)).toBe(mood);
  });

  test('is HubSpot’s own response group where it has one', () => {
    expect(moodOf(answer('ces', 7, { group: 'passive' }).fields)).toBe('neutral');
  });
});
