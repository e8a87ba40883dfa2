import type { Deed, DeedName, DeedOf } from '../plan/plan.ts';

const idOf = (association: string | { readonly id: string }): string =>
  typeof association === 'string' ? association : association.id;

const words: { readonly [D in DeedName]: (deed: DeedOf<D>) => string } = {
  create: ({ type, id, associations = {} }) => {
    const with_ = Object.entries(associations).map(([to, list]) => `${to} ${list.map(idOf).join(', ')}`);
    return `${type} ${id} is created${with_.length > 0 ? `, associated with ${with_.join('; ')}` : ''}`;
  },
  update: ({ type, id, properties }) => `${type} ${id} is changed: ${JSON.stringify(properties)}`,
  recalculate: ({ type, id, properties }) => `${type} ${id} is recalculated, undated: ${JSON.stringify(properties)}`,
  touch: ({ type, ids }) => `${ids.length} ${type} are stamped anew with one moment: ${ids.join(', ')}`,
  archive: ({ type, id }) => `${type} ${id} is archived`,
  restore: ({ type, id, touch }) => `${type} ${id} is restored, its modified date ${touch ? 'moves' : 'stays'}`,
  merge: ({ type, id, other, becomes }) => `${type} ${id} and ${other} are merged and become ${becomes}`,
  erase: ({ type, id }) => `${type} ${id} is erased for privacy`,
  purge: ({ type, id }) => `${type} ${id} is purged from the recycle bin`,
  associate: ({ type, id, to, association }) => `${type} ${id} is associated with ${to} ${idOf(association)}`,
  disassociate: ({ type, id, to, other }) => `${type} ${id} is no longer associated with ${to} ${other}`,
  'change stage': ({ type, stage, metadata, touch }) =>
    `stage ${stage} of ${type} now means ${JSON.stringify(metadata)}${touch ? ', and they are stamped anew' : ''}`,
  'rotate token': ({ graceMs }) => `the token is rotated; the old one lasts ${graceMs / 1_000} s`,
};

/** A deed as a sentence. */
export const inWords = (deed: Deed): string => (words[deed.do] as (deed: Deed) => string)(deed);
