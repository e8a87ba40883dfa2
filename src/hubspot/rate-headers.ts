import type { ServerRates } from './governor.ts';

const numberIn = (headers: Headers, name: string): number | null => {
  const raw = headers.get(name);
  return raw !== null && /^\d+$/.test(raw.trim()) ? Number(raw) : null;
};

const pair = (calls: number | null, remaining: number | null): { calls: number; remaining: number } | undefined =>
  calls !== null && calls > 0 && remaining !== null ? { calls, remaining } : undefined;

const tenSecondsMs = 10_000;

/**
 * HubSpot's rate headers. The ten-second ones count only where they speak of ten seconds; search answers carry none
 * (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines).
 */
export function serverRates(headers: Headers): ServerRates {
  const interval = numberIn(headers, 'x-hubspot-ratelimit-interval-milliseconds');
  const window =
    interval === tenSecondsMs
      ? pair(numberIn(headers, 'x-hubspot-ratelimit-max'), numberIn(headers, 'x-hubspot-ratelimit-remaining'))
      : undefined;
  const daily = pair(
    numberIn(headers, 'x-hubspot-ratelimit-daily'),
    numberIn(headers, 'x-hubspot-ratelimit-daily-remaining'),
  );
  return { ...(window ? { window } : {}), ...(daily ? { daily } : {}) };
}
