import type { Instant } from '#domain/records/record.ts';
import type { Account, Clock } from '#pipeline/ports.ts';
import { PayloadError } from '#platform/errors.ts';
import type { Governor } from './governor.ts';
import { undated } from './routes.ts';
import type { Transport } from './transport.ts';

interface AccountDetails {
  readonly portalId?: unknown;
  readonly timeZone?: unknown;
  readonly companyCurrency?: unknown;
}

/** An administrator may change time zone and currency; nobody does so twice a day. */
const staleMs = 24 * 3_600_000;

/**
 * Reads which portal the token belongs to, once a day. `timeZone` is as HubSpot names it, such as `US/Eastern`; the governor
 * is told, since days of the allowance begin at that zone's midnight.
 */
export function accountReader(transport: Transport, governor: Governor, clock: Clock): () => Promise<Account> {
  let held: { readonly at: Instant; readonly account: Promise<Account> } | undefined;
  const read = async (): Promise<Account> => {
    const { value } = await transport.send('GET', undated.accountDetails);
    const { portalId, timeZone, companyCurrency } = (value ?? {}) as AccountDetails;
    if (portalId === undefined || typeof timeZone !== 'string' || typeof companyCurrency !== 'string')
      throw new PayloadError(
        "HubSpot's account details lack the portal id, time zone or currency.",
        'Look at the account under Settings > Account Management > Account Defaults.',
      );
    await governor.inZone(timeZone);
    return { portalId: String(portalId), timeZone, currency: companyCurrency };
  };
  return () => {
    if (held && clock.now() - held.at < staleMs) return held.account;
    const account = read().catch((error: unknown) => {
      held = undefined;
      throw error;
    });
    held = { at: clock.now(), account };
    return account;
  };
}
