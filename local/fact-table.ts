import Table from 'cli-table3';
import type { Fact, Instant } from '#domain/records/record.ts';
import type { Zone } from '#domain/time/zone.ts';
import { plainTable } from './plain-table.ts';

/** What each kind of fact shows. */
const shown: { readonly [K in Fact['kind']]?: (fact: Fact<K>) => [Instant | null, string] } = {
  ticket: ({ fields }) => [
    fields.openedAt,
    [fields.isClosed ? 'closed' : 'open', fields.priority, fields.category, fields.reopenCount > 0 ? 'reopened' : null]
      .filter(Boolean)
      .join(', '),
  ],
  answer: ({ fields }) => [
    fields.answeredAt,
    [fields.metric?.toUpperCase() ?? 'survey', fields.rating ?? 'no rating', fields.group].filter(Boolean).join(' '),
  ],
  subscription: ({ fields }) => [
    fields.startedAt,
    [fields.status, fields.amount === null ? null : `${fields.amount} a period`].filter(Boolean).join(', '),
  ],
};

/** Facts in the order they happened, one line each. */
export function factTable(facts: readonly Fact[], zone: Zone): string {
  if (facts.length === 0) return 'No ticket, no survey answer and no subscription.';
  const table = new Table(plainTable(['Day', 'Kind', 'Id', '']));
  const rows = facts.map((fact) => {
    const tell = shown[fact.kind] as ((fact: Fact) => [Instant | null, string]) | undefined;
    const [at, text] = tell?.(fact) ?? [null, ''];
    return { fact, at, text };
  });
  for (const { fact, at, text } of rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)))
    table.push([at === null ? 'undated' : zone.dayOf(at), fact.kind, fact.id, text]);
  return table.toString();
}
