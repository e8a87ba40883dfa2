import { describe, expect, test } from 'vitest';
import type { CxRecord } from '#domain/records/record.ts';
import { type ChangePlan, type Known, planChanges } from '#pipeline/changes/plan-changes.ts';
import type { Change, Departure } from '#pipeline/ports.ts';

const minute = 60_000;
const now = 100 * minute;

/** A ticket as its row of minute 50 gave it, its links read in minute 51. */
const ticket = {
  kind: 'ticket',
  id: '501',
  fields: { subject: 'As it was' },
  links: { contact: ['105'], company: [] },
  modifiedAt: 50 * minute,
  linkedAt: 51 * minute,
  outputs: {},
  problems: [],
  raw: { subject: 'As it was' },
  absorbed: ['7'],
} as unknown as CxRecord;
const kept: Known = { record: ticket, departure: undefined };
const unknown: Known = { record: undefined, departure: undefined };
const departed = (why: Departure['why'], at = 60): Known => ({
  record: undefined,
  departure: { kind: 'ticket', id: '501', at: at * minute, why, into: '9' } as Departure,
});

type Said<W extends Change['what']> = Omit<Extract<Change, { what: W }>, 'kind' | 'id' | 'at' | 'fingerprint' | 'what'>;
let events = 0;
const told = <W extends Change['what']>(at: number, what: W, said: Said<W>): Change =>
  ({ kind: 'ticket', id: '501', at: at * minute, fingerprint: String(++events), what, ...said }) as Change;
const bare = (at: number, what: 'created' | 'restored' | 'archived' | 'erased'): Change => told(at, what, {});
const value = (at: number, text: string | null, suffices = text !== null, property = 'subject'): Change =>
  told(at, 'property', { property, value: text, suffices, namesLink: false, isOutput: false, byUs: false });
const link = (at: number, what: 'linked' | 'unlinked', other: string, isPrimary = false): Change =>
  told(at, what, { to: 'contact', other, isPrimary });

const plan = (known: Known, ...changes: Change[]): ChangePlan => planChanges(known, changes, now);
const does = (known: Known, ...changes: Change[]): string => plan(known, ...changes).do;
const newsOf = (known: Known, ...changes: Change[]) => {
  const decided = plan(known, ...changes);
  return decided.do === 'tell' ? { ...decided.news, relink: decided.relink } : decided;
};

describe('a value that is told', () => {
  test('is put in place where it is newer than the row, with its moment', () => {
    expect(newsOf(kept, value(60, 'New'))).toMatchObject({
      values: { subject: 'New' },
      told: { subject: 60 * minute },
      relink: false,
    });
  });

  test('is left alone where the row is as new, or where the same property was told of later', () => {
    expect(does(kept, value(50, 'Old'))).toBe('nothing');
    const later = { ...kept, record: { ...ticket, told: { subject: 70 * minute } } };
    expect(does(later, value(60, 'Late'))).toBe('nothing');
    expect(does(later, value(60, 'Another property', true, 'source_type'))).toBe('tell');
  });

  test('loses only against a newer one of the same property, whatever the order', () => {
    const both = [value(62, 'Second'), value(61, 'First'), value(60, 'chat', true, 'source_type')];
    for (const order of [both, both.toReversed()])
      expect(newsOf(kept, ...order)).toMatchObject({ values: { subject: 'Second', source_type: 'chat' } });
  });

  test('is not believed where two differ at one moment, where it is withheld, or where HubSpot calculates from it', () => {
    expect(does(kept, value(60, 'One'), value(60, 'Other'))).toBe('read');
    expect(does(kept, value(60, null))).toBe('read');
    expect(does(kept, value(60, '4', false, 'hs_pipeline_stage'))).toBe('read');
    expect(does(kept, value(50, '4', false, 'hs_pipeline_stage'))).toBe('nothing');
  });

  test('that has its record read says nothing of links, unless links are told of besides', () => {
    const stage = value(60, '4', false, 'hs_pipeline_stage');
    expect(plan(kept, stage)).toMatchObject({ do: 'read', relink: false });
    expect(plan(kept, stage, link(95, 'linked', '106'))).toMatchObject({ do: 'read', relink: true });
    expect(plan(unknown, stage)).toMatchObject({ do: 'read', relink: true });
  });

  test('may be none: cleared is a value too', () => {
    expect(newsOf(kept, value(60, ''))).toMatchObject({ values: { subject: '' } });
  });

  test('of a record nobody knows has it read, unless it departed since', () => {
    expect(does(unknown, value(60, 'New'))).toBe('read');
    expect(does(departed('archived', 59), value(60, 'New'))).toBe('read');
    expect(does(departed('archived', 61), value(60, 'New'))).toBe('nothing');
  });
});

describe('what happens to a record as a whole', () => {
  test.each([
    ['created, and not known', unknown, [bare(60, 'created')], 'read'],
    ['created, and pulled already', kept, [bare(60, 'created')], 'nothing'],
    ['archived', kept, [bare(60, 'archived')], 'read'],
    ['archived, and seen in the bin already', departed('archived'), [bare(60, 'archived')], 'nothing'],
    ['restored', departed('archived'), [bare(70, 'restored')], 'read'],
    ['archived and restored, told in reverse', kept, [bare(70, 'restored'), bare(60, 'archived')], 'read'],
    ['erased', kept, [bare(60, 'archived'), bare(60, 'erased')], 'erase'],
    ['erased, and nobody knows it', unknown, [bare(60, 'erased')], 'erase'],
    ['erased twice', departed('erased'), [bare(60, 'erased')], 'nothing'],
    ['restored after it was erased', departed('erased'), [bare(90, 'restored')], 'nothing'],
    ['changed after it was merged into another', departed('merged'), [value(90, 'New')], 'nothing'],
    ['merged with another', kept, [told(60, 'absorbed', { absorbed: ['8'] })], 'read'],
    ['merged, and pulled already', kept, [told(60, 'absorbed', { absorbed: ['7'] })], 'nothing'],
  ] as const)('%s', (_, known, changes, deed) => {
    expect(does(known, ...changes)).toBe(deed);
  });

  test('those it took in are read with it', () => {
    expect(plan(kept, told(60, 'absorbed', { absorbed: ['8', '9'] }))).toMatchObject({ also: ['8', '9'] });
  });
});

describe('an association that is told', () => {
  test('is put in place where its place among the others is certain', () => {
    expect(newsOf(kept, link(95, 'linked', '106'))).toMatchObject({
      links: { contact: ['105', '106'] },
      linksTold: { 'contact/106': 95 * minute },
      relink: false,
    });
    const alone = { ...kept, record: { ...ticket, links: {} } };
    expect(newsOf(alone, link(95, 'linked', '9', true))).toMatchObject({ links: { contact: ['9'] } });
  });

  test.each([
    ['ended: it may go on under another label', [link(95, 'unlinked', '105')]],
    ['came before another one: which is primary is not kept', [link(95, 'linked', '104')]],
    ['became the primary one', [link(95, 'linked', '106', true)]],
    ['was told long after it happened', [link(80, 'linked', '106')]],
    ['happened about when links were read', [link(51.1, 'linked', '106')]],
  ])('is looked up where it %s', (_, changes) => {
    expect(newsOf(kept, ...changes)).toMatchObject({ links: {}, relink: true });
  });

  test('that ended before it was told to begin is remembered as ended', () => {
    expect(newsOf(kept, link(95, 'unlinked', '106'))).toMatchObject({ linksTold: { 'contact/106': 95 * minute } });
    expect(newsOf(kept, link(96, 'unlinked', '106'), link(95, 'linked', '106'))).toMatchObject({ relink: true });
  });

  test('is left alone where links were read since, where it is known, and where its end was told later', () => {
    expect(does(kept, link(40, 'linked', '106'))).toBe('nothing');
    expect(does(kept, link(95, 'linked', '105'))).toBe('nothing');
    const ended = { ...kept, record: { ...ticket, linksTold: { 'contact/106': 96 * minute } } };
    expect(does(ended, link(95, 'linked', '106'))).toBe('nothing');
  });
});
