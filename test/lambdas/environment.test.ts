import { describe, expect, test } from 'vitest';
import { pullChangesEnvironment } from '#platform/environment/pull-changes.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { receiveWebhookEnvironment } from '#platform/environment/receive-webhook.ts';
import { ConfigurationError } from '#platform/errors.ts';

const complete = {
  TABLE_NAME: 'records',
  HUBSPOT_TOKEN_SECRET: 'the-secret',
  CONTINUATION_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/000000000000/further',
};

const errorOf = (variables: Record<string, string | undefined>): ConfigurationError => {
  try {
    readEnvironment(pullChangesEnvironment, variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
  }
  throw new Error('No ConfigurationError.');
};

describe("a function's environment", () => {
  test("calls HubSpot's own address unless told otherwise", () => {
    expect(readEnvironment(pullChangesEnvironment, complete).HUBSPOT_BASE_URL).toBe('https://api.hubapi.com');
    const simulated = { ...complete, HUBSPOT_BASE_URL: 'http://127.0.0.1:4000' };
    expect(readEnvironment(pullChangesEnvironment, simulated).HUBSPOT_BASE_URL).toBe('http://127.0.0.1:4000');
  });

  test('names every variable that is missing or wrong, and what to do', () => {
    const error = errorOf({ HUBSPOT_BASE_URL: 'ftp://somewhere' });
    expect(error.message).toContain('TABLE_NAME is missing; HUBSPOT_BASE_URL: ');
    expect(error.message).toContain('HUBSPOT_TOKEN_SECRET is missing');
    expect(error.remedy).toContain('cdk deploy');
  });

  test('is never quoted in an error: a value may be a secret put in the wrong place', () => {
    expect(errorOf({ ...complete, HUBSPOT_BASE_URL: 'pat-eu1-secret' }).message).not.toContain('pat-eu1-secret');
  });

  test('holds the URL that HubSpot calls without a query: what was called is put behind it', () => {
    const url = 'https://hooks.example.com/hubspot/webhook';
    const door = { WEBHOOK_QUEUE_URL: complete.CONTINUATION_QUEUE_URL, HUBSPOT_CLIENT_SECRET_NAME: 'the-secret' };
    expect(readEnvironment(receiveWebhookEnvironment, { ...door, WEBHOOK_URL: url }).WEBHOOK_URL).toBe(url);
    for (const wrong of [`${url}?a=1`, `${url}#a`, 'hooks.example.com'])
      expect(() => readEnvironment(receiveWebhookEnvironment, { ...door, WEBHOOK_URL: wrong })).toThrow(/WEBHOOK_URL/);
  });
});
