import { type Answer, ok } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { RouteFamily, Surroundings } from '../http/route.ts';
import { nextMidnight, utcOffsetMinutes } from '../limits/account-day.ts';
import { toAnyone } from './scope-rules.ts';

/** The account itself and today's API usage (docs: Account information guide). */
export const accountInfo: RouteFamily = {
  prefixes: { v3: '/account-info/v3', '2026-03': '/account-info/2026-03', '2026-09': '/account-info/2026-09' },
  routes: [
    { method: 'GET', path: '/details', kind: 'other', scopes: toAnyone, answer: details },
    { method: 'GET', path: '/api-usage/daily/private-apps', kind: 'other', scopes: toAnyone, answer: dailyUsage },
  ],
};

function details(_request: ApiRequest, { portal, clock }: Surroundings): Answer {
  const { portalId, timeZone, companyCurrency, accountType = 'STANDARD' } = portal.definition.account;
  const minutes = utcOffsetMinutes(clock.now(), timeZone);
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return ok({
    portalId,
    accountType,
    timeZone,
    companyCurrency,
    additionalCurrencies: [],
    utcOffset: `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`,
    utcOffsetMilliseconds: minutes * 60_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  });
}

function dailyUsage(_request: ApiRequest, { portal, clock, limiter }: Surroundings): Answer {
  const now = clock.now();
  return ok({
    results: [
      {
        name: 'private-apps-api-calls-daily',
        usageLimit: limiter.daily.most,
        currentUsage: limiter.daily.used(now),
        collectedAt: new Date(now).toISOString(),
        fetchStatus: 'SUCCESS',
        resetsAt: new Date(nextMidnight(now, portal.definition.account.timeZone)).toISOString(),
      },
    ],
  });
}
