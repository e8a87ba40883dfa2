import { ConfigurationError } from '#platform/errors.ts';

/** Where HubSpot is and the token it is called with. */
export interface Access {
  readonly baseUrl: string;
  readonly accessToken: string;
}

const hubSpotUrl = 'https://api.hubapi.com';
/** A token travels encrypted, or not at all: unencrypted only to a HubSpot simulated on this machine. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));

const headerText = /^[\x21-\x7e]*$/;

/**
 * A base address without trailing slash, HubSpot's own where none is given, and a token without white space around it.
 * Throws `ConfigurationError` for what no request can be made of; the token is never repeated.
 */
export function checkedAccess(baseUrl: string | undefined, accessToken: string): Access {
  const url = (baseUrl || hubSpotUrl).trim().replace(/\/+$/, '');
  if (!URL.canParse(url) || !isSafe(new URL(url)))
    throw new ConfigurationError(
      `${url} is not an address the access token may be sent to.`,
      `Set HUBSPOT_BASE_URL to an https address, usually ${hubSpotUrl}; plain http is for this machine only.`,
    );
  const token = accessToken.trim();
  if (!headerText.test(token))
    throw new ConfigurationError(
      'The access token holds characters that no token has.',
      'Set HUBSPOT_ACCESS_TOKEN again: copy the whole token and nothing else.',
    );
  return { baseUrl: url, accessToken: token };
}
