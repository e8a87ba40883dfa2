import Table from 'cli-table3';
import { type Language, render, renderLines } from '#contract/messages/index.ts';
import type { Fact, Instant } from '#domain/records/record.ts';
import type { Breakdown } from '#domain/scores/breakdown.ts';
import { explainScore } from '#domain/scores/explain-score.ts';
import type { ModelExplanation, PartRow, RuleRow } from '#domain/scores/explanation.ts';
import type { Norms } from '#domain/scores/norms.ts';
import type { Reason } from '#domain/scores/reason.ts';
import type { Zone } from '#domain/time/zone.ts';
import type { LoadedCustomer } from '#pipeline/customers.ts';
import type { StoredScore } from '#pipeline/ports.ts';
import { plainTable } from './plain-table.ts';

interface Setting {
  readonly norms: Norms;
  readonly zone: Zone;
  readonly language: Language;
}

/** One customer's scores from the facts up: what was seen, what was measured, and how the points add up. */
export function explanationText({ key, customer }: LoadedCustomer, stored: StoredScore, setting: Setting): string {
  const { score } = stored;
  const told = explainScore({ customer, asOf: score.computedAt, norms: setting.norms });
  const say = (reason: Reason): string =>
    render(setting.language, reason.code, reason.values as never, setting.zone.name);
  const { health, churn, upsell, outputs } = score;
  return [
    `${customer.fields.name ?? ''} (${key.kind} ${key.id}), as of ${new Date(score.computedAt).toISOString()}`,
    '',
    'Facts',
    factTable(told.facts, setting.zone),
    '',
    `Health ${scored(health.breakdown, health.band)} — high is good (${health.version})`,
    ...(health.because ? [say(health.because)] : []),
    partTable(told.health, say),
    ...sum(health.breakdown, say),
    '',
    `Churn risk ${scored(churn.breakdown, churn.band)} — high is bad (${churn.version})`,
    ...(churn.because ? [say(churn.because)] : []),
    ruleTable(told.churn, say),
    ...sum(churn.breakdown, say),
    ...(outputs.churnRiskBand === churn.band ? [] : [`On the record: ${outputs.churnRiskBand}, the company's.`]),
    '',
    `Upsell ${scored(upsell.breakdown, upsell.band)}, ${upsell.candidate ? 'a candidate' : 'no candidate'} — high is good (${upsell.version})`,
    ...(upsell.whyNot
      ? [say(upsell.whyNot)]
      : [renderLines(setting.language, outputs.upsellReason, setting.zone.name)]),
    partTable(told.upsell, say),
    ...sum(upsell.breakdown, say),
    '',
  ].join('\n');
}

const scored = (breakdown: Breakdown | null, band: string): string =>
  breakdown ? `${breakdown.score}, ${band}` : band;

const signed = (points: number): string => `${points >= 0 ? '+' : ''}${Math.round(points * 100) / 100}`;

function partTable(
  { rows, coverage, neededCoverage }: ModelExplanation<PartRow>,
  say: (reason: Reason) => string,
): string {
  const table = new Table(plainTable(['Part', 'Measured', 'Sub-score', 'Weight', 'Points', 'Scale (worst to best)']));
  for (const { part, missing, reason, subScore, share, points, scale } of rows)
    table.push([
      part,
      reason ? say(reason) : (missing ?? ''),
      subScore === null ? '' : subScore.toFixed(0),
      missing ? '' : `${(share * 100).toFixed(1)} %`,
      missing ? '' : signed(points),
      `${scale.worst} to ${scale.best}; ${scale.source.title}`,
    ]);
  return `${table.toString()}\n${coverageText(coverage, neededCoverage)}`;
}

function ruleTable(
  { rows, coverage, neededCoverage }: ModelExplanation<RuleRow>,
  say: (reason: Reason) => string,
): string {
  const table = new Table(plainTable(['Rule', 'Observed', 'Points', 'Steps', 'Source']));
  for (const { rule, observes, value, reason, points, steps, source } of rows)
    table.push([
      rule,
      value === null
        ? `${observes}: unknown`
        : `${observes}: ${Math.round(value * 100) / 100}${reason && points ? ` (${say(reason)})` : ''}`,
      signed(points),
      steps.map((step) => `${step.from}: ${signed(step.points)}`).join(', '),
      source.title,
    ]);
  return `${table.toString()}\n${coverageText(coverage, neededCoverage)}`;
}

const coverageText = (coverage: number, needed: number): string =>
  `Known: ${(coverage * 100).toFixed(0)} % of the weight of the inputs this portal has; ${(needed * 100).toFixed(0)} % is needed.`;

/** The stored arithmetic: base, the named lines and everything else, which add up to the score exactly. */
function sum(breakdown: Breakdown | null, say: (reason: Reason) => string): string[] {
  if (!breakdown) return [];
  const { base, lines, everythingElse, score } = breakdown;
  const rows: [number, string][] = [
    [base, 'to begin with'],
    ...lines.map((line): [number, string] => [line.points, say(line)]),
    [everythingElse, 'everything else'],
  ];
  return [
    ...rows.map(([points, text]) => `${signed(points).padStart(6)}  ${text}`),
    `${String(score).padStart(6)}  score`,
  ];
}

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
    `${fields.metric ?? 'survey'} ${fields.rating ?? '–'} ${fields.group ?? ''}`,
  ],
  subscription: ({ fields }) => [fields.startedAt, `${fields.status ?? ''} ${fields.amount ?? ''}`],
};

function factTable(facts: readonly Fact[], zone: Zone): string {
  if (facts.length === 0) return '  none';
  const table = new Table(plainTable(['Kind', 'Id', 'Day', '']));
  const rows = facts.map((fact) => {
    const [at, text] = (shown[fact.kind] as ((fact: Fact) => [Instant | null, string]) | undefined)?.(fact) ?? [
      null,
      '',
    ];
    return { fact, at, text };
  });
  for (const { fact, at, text } of rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)))
    table.push([fact.kind, fact.id, at === null ? 'undated' : zone.dayOf(at), text]);
  return table.toString();
}
