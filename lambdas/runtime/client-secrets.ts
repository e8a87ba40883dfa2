import type { Clock } from '#pipeline/ports.ts';
import { readSecret } from './secret.ts';

/** The client secrets as they were less than so many milliseconds ago: 0 reads them anew. */
export type ClientSecrets = (maxAgeMs: number) => Promise<readonly string[]>;

/** The app's client secret, by which HubSpot signs; a line each while it is rotated. Kept in memory between two reads. */
export function clientSecrets(secret: string, clock: Pick<Clock, 'now'>): ClientSecrets {
  let held: { readonly secrets: readonly string[]; readonly readAt: number } | undefined;
  return async (maxAgeMs) => {
    if (held === undefined || clock.now() - held.readAt >= maxAgeMs) {
      const text = await readSecret(secret, {
        called: 'The client secret of the HubSpot app',
        remedy:
          'Put the client secret into the secret, as plain text; during its rotation the old and the new one, a line each.',
      });
      held = { secrets: text.split(/\s+/), readAt: clock.now() };
    }
    return held.secrets;
  };
}
