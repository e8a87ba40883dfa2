import { ConfigurationError } from '#platform/errors.ts';

/** The token, or where to ask for it: again once HubSpot no longer takes the one it answered. */
export type AccessToken = string | (() => Promise<string>);

/** Where HubSpot is and the token it is called with. */
export interface Access {
  readonly baseUrl: string;
  readonly token: TokenSource;
}

/** The token of today. */
export interface TokenSource {
  current(): Promise<string>;
  /** Another one in place of one that HubSpot refused; null where there is none. */
  after(refused: string): Promise<string | null>;
}

const hubSpotUrl = 'https://api.hubapi.com';
/** A token travels encrypted, or not at all: unencrypted only to a HubSpot simulated on this machine. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));

const headerText = /^[\x21-\x7e]*$/;

/** A token without white space around it. */
function checkedToken(accessToken: string): string {
  const token = accessToken.trim();
  if (!headerText.test(token))
    throw new ConfigurationError(
      'The access token holds characters that no token has.',
      'Set HUBSPOT_ACCESS_TOKEN again: copy the whole token and nothing else.',
    );
  return token;
}

const unasked = (cause: unknown): never => {
  if (cause instanceof ConfigurationError) throw cause;
  throw new ConfigurationError(
    'The access token could not be read where it is kept.',
    'See the cause: usually a missing secret, or no permission to read it.',
    { cause },
  );
};

const fixedToken = (token: string): TokenSource => ({ current: async () => token, after: async () => null });

/** Asks once however many calls need the token, and once more however many were refused with the same one. */
function askedToken(ask: () => Promise<string>): TokenSource {
  let held: Promise<string> | undefined;
  const asked = (): Promise<string> => {
    const asking: Promise<string> = ask().then(checkedToken, unasked);
    held = asking;
    // Whoever asked is told; the next call asks again.
    asking.catch(() => {
      if (held === asking) held = undefined;
    });
    return asking;
  };
  const current = (): Promise<string> => held ?? asked();
  return {
    current,
    after: async (refused) => {
      const last = current();
      if ((await last) !== refused) return last;
      const fresh = await (held === last ? asked() : current());
      return fresh === refused ? null : fresh;
    },
  };
}

/**
 * A base address without trailing slash, HubSpot's own where none is given, and the token. Throws `ConfigurationError` for
 * what no request can be made of; the token is never repeated.
 */
export function checkedAccess(baseUrl: string | undefined, accessToken: AccessToken): Access {
  const url = (baseUrl || hubSpotUrl).trim().replace(/\/+$/, '');
  if (!URL.canParse(url) || !isSafe(new URL(url)))
    throw new ConfigurationError(
      `${url} is not an address the access token may be sent to.`,
      `Set HUBSPOT_BASE_URL to an https address, usually ${hubSpotUrl}; plain http is for this machine only.`,
    );
  const token = typeof accessToken === 'string' ? fixedToken(checkedToken(accessToken)) : askedToken(accessToken);
  return { baseUrl: url, token };
}
