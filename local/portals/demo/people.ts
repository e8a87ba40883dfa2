/** Contacts and companies as they enter the demo portal. */

import { iso } from './calendar.ts';
import type { Locale } from './customer.ts';
import type { Draft, Ledger, Link } from './ledger.ts';
import type { Random } from './random.ts';
import { rates } from './rates.ts';
import { companyWords, industries } from './words/companies.ts';
import { names } from './words/names.ts';

/** HubSpot's `hs_language` value, country and dialling code of each language. */
const homes: Readonly<Record<Locale, readonly [language: string, country: string, dial: string]>> = {
  en: ['en', 'Ireland', '+353'],
  'zh-CN': ['zh-cn', 'China', '+86'],
  'zh-TW': ['zh-tw', 'Taiwan', '+886'],
};
const sources = {
  ORGANIC_SEARCH: 5,
  DIRECT_TRAFFIC: 4,
  REFERRALS: 2,
  PAID_SEARCH: 2,
  SOCIAL_MEDIA: 1,
  OFFLINE: 2,
} as const;

export interface Newcomer {
  readonly at: number;
  readonly locale: Locale;
  readonly ownerId: string | null;
}

/** A company, still a lead. `number` keeps its domain unlike every other. */
export function createCompany(ledger: Ledger, random: Random, number: number, newcomer: Newcomer): Draft {
  const { at, locale, ownerId } = newcomer;
  const { first, second } = companyWords[locale];
  const employees = Math.round(random.logNormal(60, 1.1)) + 2;
  return ledger.create('companies', at, {
    name: [random.pick(first), random.pick(second)].join(locale === 'en' ? ' ' : ''),
    domain: domainOf(number),
    industry: random.chance(0.9) ? random.pick(industries) : null,
    numberofemployees: random.chance(0.85) ? employees : '',
    annualrevenue: random.chance(0.6) ? employees * random.integer(40, 160) * 1_000 : null,
    country: homes[locale][1],
    lifecyclestage: 'lead',
    hubspot_owner_id: ownerId,
    createdate: iso(at),
  });
}

/** A contact, still a lead, of the given companies: the first is the primary one. */
export function createContact(
  ledger: Ledger,
  random: Random,
  number: number,
  newcomer: Newcomer,
  companies: readonly Draft[] = [],
): Draft {
  const { at, locale, ownerId } = newcomer;
  const [given, spelledGiven] = random.pick(names[locale].given);
  const [family, spelledFamily] = random.pick(names[locale].family);
  const [language, country, dial] = homes[locale];
  const domain = companies[0]?.changes[0]?.properties.domain ?? 'mail.example';
  const links: Link[] = companies.map((to, n) => (n === 0 ? { to, typeId: 1, label: 'Primary' } : { to }));
  return ledger.create(
    'contacts',
    at,
    {
      firstname: given,
      lastname: random.chance(0.97) ? family : null,
      email: `${spelledGiven}.${spelledFamily}.${number}@${domain}`,
      phone: random.chance(rates.untidy.emptyPhone) ? '' : `${dial} 555 0${random.integer(100_000, 199_999)}`,
      hs_language: language,
      country,
      hs_analytics_source: random.weighted(sources),
      lifecyclestage: 'lead',
      hubspot_owner_id: random.chance(rates.untidy.withoutOwner) ? null : ownerId,
      createdate: iso(at),
      ...(random.chance(rates.untidy.merged) && { hs_merged_object_ids: mergedIds(random) }),
    },
    links,
  );
}

/** Ids of records that were merged away: one or two, below the range of the living. */
const mergedIds = (random: Random): string =>
  Array.from({ length: random.integer(1, 2) }, () => random.integer(100_000_001, 103_000_000)).join(';');

const domainOf = (number: number): string => `company-${number}.example`;
