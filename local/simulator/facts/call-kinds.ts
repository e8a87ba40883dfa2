/** What a call is counted as, and which limits it draws on. */
export const callKinds = ['search', 'list', 'read', 'write', 'associations', 'properties', 'other'] as const;
export type CallKind = (typeof callKinds)[number];
