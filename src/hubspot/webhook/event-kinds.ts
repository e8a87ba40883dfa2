import type { RecordKind } from '#domain/records/record.ts';

/** What events call a kind of record: by name, in the classic form, and by object type, in the generic one. */
interface EventKind {
  readonly name: string;
  readonly typeId: string;
}

/** https://developers.hubspot.com/docs/guides/crm/understanding-the-crm (object type ids) */
const eventKinds: Readonly<Record<RecordKind, EventKind>> = {
  contact: { name: 'contact', typeId: '0-1' },
  company: { name: 'company', typeId: '0-2' },
  deal: { name: 'deal', typeId: '0-3' },
  ticket: { name: 'ticket', typeId: '0-5' },
  answer: { name: 'feedback_submission', typeId: '0-19' },
  call: { name: 'call', typeId: '0-48' },
  subscription: { name: 'subscription', typeId: '0-69' },
};

const by = (part: keyof EventKind): ReadonlyMap<string, RecordKind> =>
  new Map(Object.entries(eventKinds).map(([kind, each]) => [each[part], kind as RecordKind]));
const byName = by('name');
const byTypeId = by('typeId');

/** The kind of a name such as `contact` or `CONTACT`. */
export const kindNamed = (name: string | undefined): RecordKind | undefined => byName.get((name ?? '').toLowerCase());
export const kindOfTypeId = (typeId: string | undefined): RecordKind | undefined => byTypeId.get(typeId ?? '');
