import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clientSecrets } from '#lambdas/runtime/client-secrets.ts';
import { type SecretsExtension, startSecretsExtension } from './secrets-extension.ts';

let extension: SecretsExtension;
let now = 0;

beforeEach(async () => {
  extension = await startSecretsExtension('the-client-secret', 'old');
  for (const [variable, value] of Object.entries(extension.environment)) vi.stubEnv(variable, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  extension.close();
});

test('client secrets are kept for as long as the caller takes them, and then read anew', async () => {
  const secrets = clientSecrets('the-client-secret', { now: () => now });
  expect(await secrets(60_000)).toEqual(['old']);
  extension.put('old\r\n  new\n');
  now += 59_999;
  expect(await secrets(60_000), 'still young enough').toEqual(['old']);
  expect(await secrets(0)).toEqual(['old', 'new']);
  extension.put('new');
  now += 60_000;
  expect(await secrets(60_000)).toEqual(['new']);
});
