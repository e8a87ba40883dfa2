import { describe, expect, test } from 'vitest';
import { failureReport } from '#lambdas/runtime/failure.ts';
import { figuresOf } from '#lambdas/runtime/figures.ts';
import { ConfigurationError, HubSpotBusyError } from '#platform/errors.ts';

describe('what a function says about a failure', () => {
  test('is our own words and remedy, and whether time alone may heal it', () => {
    const cause = new Error('GET /contacts?email=ada@example.com timed out');
    const report = failureReport(new HubSpotBusyError('HubSpot does not answer.', 'Wait.', { cause }));
    expect(report).toMatchObject({ error: 'HubSpotBusyError', because: 'HubSpot does not answer.', retryable: true });
    expect(failureReport(new ConfigurationError('No table.', 'Deploy.'))).toMatchObject({
      remedy: 'Deploy.',
      retryable: false,
    });
    expect(JSON.stringify(report)).not.toContain('ada@example.com');
  });

  test('never repeats a message that is not ours, for it may quote a record', () => {
    const foreign = new SyntaxError(`Unexpected token 'A', "Ada Lovelace" is not valid JSON`);
    const report = failureReport(foreign);
    expect(report.error).toBe('SyntaxError');
    expect(JSON.stringify(report)).not.toContain('Lovelace');
    expect(report.at[0]).toContain('failure.test.ts');
  });

  test('can be said of anything that is thrown', () => {
    expect(failureReport('Ada Lovelace')).toMatchObject({ error: 'string', retryable: false, at: [] });
  });
});

describe('what a function logs of its report', () => {
  test('is figures only', () => {
    const report = {
      done: true,
      kinds: { contact: { seen: 3, unavailable: null } },
      refused: [{ because: 'Ada Lovelace' }],
    };
    expect(figuresOf(report)).toEqual({ done: true, 'kinds.contact.seen': 3, 'refused.length': 1 });
  });
});
