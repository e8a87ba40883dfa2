import { expect, test } from 'vitest';
import type { RecordKind } from '#domain/records/record.ts';
import type { PortalFacts, RawProperties } from '#hubspot/properties/mapping.ts';
import { mappingsFor } from '#hubspot/properties/mappings.ts';
import { bool, list, milliseconds, moment, number } from '#hubspot/properties/readers.ts';
import { stageFacts } from '#hubspot/stages.ts';
import type { ConnectorConfigInput } from '#platform/config.ts';
import { configured } from './connecting.ts';

const portal: PortalFacts = {
  homeCurrency: 'EUR',
  stage: (_, stage) =>
    ({
      won: { isClosed: true, isWon: true },
      lost: { isClosed: true, isWon: false },
      open: { isClosed: false, isWon: false },
    })[stage ?? ''],
};

const read = <K extends RecordKind>(kind: K, raw: RawProperties, config: ConnectorConfigInput = {}) =>
  mappingsFor(configured(config))[kind].read(raw, portal);

const at = (iso: string): number => Date.parse(iso);

test.each([
  ['2026-03-29', at('2026-03-29T00:00:00Z')],
  ['2026-03-29T01:30:00.250Z', at('2026-03-29T01:30:00.250Z')],
  ['2026-03-29T01:30:00+02:00', at('2026-03-28T23:30:00Z')],
  ['2026-03-29T01:30', at('2026-03-29T01:30:00Z')],
  ['1774747800000', 1774747800000],
])('the date %s is a moment in UTC', (raw, value) => {
  expect(moment(raw)).toEqual({ value });
});

test.each([
  '2026-02-30',
  '2026-13-01',
  '29.03.2026',
  '03/29/2026',
  'soon',
  '2026',
  '1774747800',
  '2026-03-29T25:00:00Z',
])('%s is not taken for a date', (raw) => {
  expect(moment(raw)).toEqual({ because: expect.stringContaining('is not a date') });
});

test.each([
  ['200.00', 200],
  ['-0.5', -0.5],
  ['1.0E7', 10_000_000],
  [' 7 ', 7],
])('the number %j is %d', (raw, value) => {
  expect(number(raw)).toEqual({ value });
});

test.each(['1,000', '1.000,50', '12 €', '134;137', 'NaN', 'Infinity', '0x10'])(
  '%s is not taken for a number',
  (raw) => {
    expect(number(raw)).toHaveProperty('because');
  },
);

test('yes/no, lists and lengths of time are read as HubSpot writes them', () => {
  expect(bool('TRUE')).toEqual({ value: true });
  expect(bool('yes')).toHaveProperty('because');
  expect(list(';a; b;;a')).toEqual({ value: ['a', 'b'] });
  expect(milliseconds('5400000')).toEqual({ value: 1.5 });
  expect(milliseconds('-1')).toHaveProperty('because');
});

test('an unset property is unset, whether it is null, missing or empty', () => {
  const { fields, problems } = read('call', { hs_timestamp: null, hs_call_duration: '' });
  expect(fields).toEqual({ startedAt: null, duration: null, status: null, direction: null, disposition: null });
  expect(problems).toEqual([]);
});

test('an unreadable value is null and says why', () => {
  const { fields, problems } = read('subscription', {
    hs_last_payment_amount: '1,000.00',
    hs_next_payment_amount: '12',
  });
  expect(fields.amount).toBe(12);
  expect(problems).toEqual([
    { field: 'amount', because: expect.stringContaining('hs_last_payment_amount: "1,000.00"') },
  ]);
});

test.each([
  [
    'the mapped date first',
    { lifecyclestage: 'lead', began: '2024-01-01', hs_v2_date_entered_customer: '2025-01-01' },
    '2024-01-01',
  ],
  [
    'the day of the stage for a customer',
    { lifecyclestage: 'customer', hs_v2_date_entered_customer: '2025-01-01' },
    '2025-01-01',
  ],
  [
    'the older property too',
    { lifecyclestage: 'customer', hs_lifecyclestage_customer_date: '2023-05-05' },
    '2023-05-05',
  ],
  [
    'the day of the stage for a former customer',
    { lifecyclestage: 'other', left: '2026-01-01', hs_v2_date_entered_customer: '2025-01-01' },
    '2025-01-01',
  ],
  ['nothing for others', { lifecyclestage: 'lead', hs_v2_date_entered_customer: '2025-01-01' }, null],
])('a customer relationship begins with %s', (_, raw, expected) => {
  const customer: ConnectorConfigInput['customer'] = {
    since: [
      { on: 'company', property: 'company_began' },
      { on: 'contact', property: 'began' },
    ],
    until: [{ on: 'contact', property: 'left' }],
  };
  expect(read('contact', raw, { customer }).fields.customerSince).toBe(expected === null ? null : at(expected));
});

test.each([
  ['customer', true],
  ['evangelist', true],
  ['lead', false],
  [null, false],
])(
  'the lifecycle stage %s says whether somebody is a customer now: %s, without any date',
  (lifecyclestage, expected) => {
    const customer = { lifecycleStages: ['customer', 'evangelist'] };
    for (const kind of ['contact', 'company'] as const)
      expect(read(kind, { lifecyclestage }, { customer }).fields).toMatchObject({
        isCustomer: expected,
        customerSince: null,
      });
  },
);

test('properties mapped on companies are not asked of contacts', () => {
  const mappings = mappingsFor(configured({ products: [{ on: 'company', property: 'modules' }] }));
  expect(mappings.company.properties).toContain('modules');
  expect(mappings.contact.properties).not.toContain('modules');
  expect(
    read('company', { modules: '' }, { products: [{ on: 'company', property: 'modules' }] }).fields.products,
  ).toBeNull();
});

test.each([
  [
    'closed by flag',
    { hs_is_closed: 'true', closed_date: '2026-05-01' },
    { isClosed: true, closedAt: at('2026-05-01'), endedAt: at('2026-05-01') },
  ],
  [
    'closed by stage',
    { hs_pipeline_stage: 'won', closed_date: '2026-05-01' },
    { isClosed: true, closedAt: at('2026-05-01'), endedAt: at('2026-05-01') },
  ],
  [
    'the flag over the stage',
    { hs_is_closed: 'false', hs_pipeline_stage: 'won' },
    { isClosed: false, closedAt: null, endedAt: null },
  ],
  [
    'closed without its date',
    { hs_is_closed: 'true', hs_last_closed_date: '2026-04-01' },
    { isClosed: true, closedAt: null, endedAt: at('2026-04-01') },
  ],
  [
    'reopened',
    { hs_is_closed: 'false', hs_last_closed_date: '2026-04-01', hs_ticket_reopened_at: '2026-04-02' },
    { isClosed: false, closedAt: null, endedAt: null, reopenCount: 1 },
  ],
])('a ticket %s is read as such', (_, raw, expected) => {
  expect(read('ticket', raw).fields).toMatchObject(expected);
});

test('a counted number of reopenings wins over the date of the last one', () => {
  const ticket = { reopenCount: 'times_reopened' };
  expect(
    read('ticket', { times_reopened: '3', hs_ticket_reopened_at: '2026-04-02' }, { ticket }).fields.reopenCount,
  ).toBe(3);
  expect(
    read('ticket', { times_reopened: '', hs_ticket_reopened_at: '2026-04-02' }, { ticket }).fields.reopenCount,
  ).toBe(1);
});

test.each([
  ['the flag', { hs_is_closed_won: 'true', hs_is_closed: 'true', dealstage: 'won' }, true, 0],
  ['the stage where the flag is unset', { dealstage: 'won' }, true, 0],
  ['the flag, with a note, where both disagree', { hs_is_closed_won: 'false', dealstage: 'won' }, false, 1],
  ['nobody', { dealstage: 'unknown' }, false, 0],
])('a deal is won if %s says so', (_, raw, isWon, notes) => {
  const { fields, problems } = read('deal', raw);
  expect(fields.isWon).toBe(isWon);
  expect(problems).toHaveLength(notes);
});

test.each([
  [{ amount_in_home_currency: '90', amount: '100', deal_currency_code: 'USD' }, 90],
  [{ amount_in_home_currency: '', amount: '100', deal_currency_code: 'USD' }, null],
  [{ amount: '100', deal_currency_code: 'EUR' }, 100],
  [{ amount: '100' }, 100],
])('the amount of %j in the home currency is %s', (raw, amount) => {
  expect(read('deal', raw).fields.amount).toBe(amount);
});

test.each([
  ['ticketState CLOSED', { ticketState: 'CLOSED', isClosed: 'true' }, { isClosed: true, isWon: null }],
  ['ticketState OPEN', { ticketState: 'OPEN' }, { isClosed: false, isWon: null }],
  ['certainty', { isClosed: 'true', probability: '1.0' }, { isClosed: true, isWon: true }],
  ['no chance', { isClosed: 'true', probability: '0.0' }, { isClosed: true, isWon: false }],
  ['nothing', {}, { isClosed: null, isWon: null }],
])('a stage of %s is read from its settings', (_, metadata, facts) => {
  expect(stageFacts(metadata)).toEqual(facts);
});

const effort: ConnectorConfigInput = { surveys: { '7': { metric: 'ces', scale: [1, 5], asks: 'effort' } } };

test.each([
  ['NPS', { hs_survey_type: 'NPS', hs_value: '9' }, {}, { metric: 'nps', rating: 9, scale: [0, 10] }],
  [
    'native CSAT: three faces',
    { hs_survey_type: 'CSAT', hs_value: '2' },
    {},
    { metric: 'csat', rating: 2, scale: [0, 2] },
  ],
  ['native CES', { hs_survey_type: 'CES', hs_value: '1' }, {}, { metric: 'ces', rating: 1, scale: [1, 7] }],
  [
    'a configured survey before its type',
    { hs_survey_id: '7', hs_survey_type: 'NPS', hs_value: '2' },
    effort,
    { metric: 'ces', rating: 4, scale: [1, 5] },
  ],
  ['a survey nobody knows', { hs_survey_type: 'CUSTOM', hs_value: '3' }, {}, { metric: null, rating: 3, scale: null }],
  ['a zero', { hs_survey_type: 'NPS', hs_value: '0' }, {}, { rating: 0 }],
])('an answer to %s has its metric, rating and scale', (_, raw, config, expected) => {
  expect(read('answer', raw, config).fields).toMatchObject(expected);
});

test('a rating outside the scale is no rating, and says so', () => {
  const { fields, problems } = read('answer', { hs_survey_type: 'CSAT', hs_value: '5', hs_response_group: 'PROMOTER' });
  expect(fields).toMatchObject({ rating: null, group: 'promoter' });
  expect(problems).toEqual([{ field: 'rating', because: "5 is outside the survey's scale of 0 to 2" }]);
});

test('a response group nobody knows is none, and says so', () => {
  const { fields, problems } = read('answer', { hs_response_group: 'FAN' });
  expect(fields.group).toBeNull();
  expect(problems).toHaveLength(1);
});

test.each([
  ['Ada', 'Byron', 'Ada Byron'],
  ['怡君', '林', '林怡君'],
  ['민수', '김', '김민수'],
  ['Ada', '林', 'Ada 林'],
  ['', '林', '林'],
  ['', '', null],
])('first name %j and last name %j read %j', (firstname, lastname, name) => {
  expect(read('contact', { firstname, lastname }).fields.name).toBe(name);
});
