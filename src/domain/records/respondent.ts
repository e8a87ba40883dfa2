import { compareIds, type Fact, type RecordId } from './record.ts';

/** Whose voice an answer is. */
export interface Respondent {
  readonly kind: 'contact' | 'answer';
  readonly id: RecordId;
}

/**
 * The contact an answer is linked to, the one with the lowest id where there are several, since the order of links means
 * nothing. An anonymous answer is a respondent of its own: itself.
 */
export function respondentOf({ id, links }: Pick<Fact<'answer'>, 'id' | 'links'>): Respondent {
  const [contact] = (links.contact ?? []).toSorted(compareIds);
  return contact === undefined ? { kind: 'answer', id } : { kind: 'contact', id: contact };
}
