import { type Language, render, renderLines } from '#contract/messages/index.ts';
import type { Breakdown } from '#domain/scores/breakdown.ts';
import { explainScore } from '#domain/scores/explain-score.ts';
import type { Norms } from '#domain/scores/norms.ts';
import type { Reason } from '#domain/scores/reason.ts';
import type { Zone } from '#domain/time/zone.ts';
import type { Stale } from '#pipeline/availability.ts';
import type { LoadedCustomer } from '#pipeline/customers.ts';
import type { StoredScore } from '#pipeline/ports.ts';
import { arithmeticTable } from './explanation-table.ts';
import { factTable } from './fact-table.ts';
import { objectNames } from './object-names.ts';

interface Setting {
  readonly norms: Norms;
  readonly zone: Zone;
  readonly language: Language;
  /** Set where it all rests on records that HubSpot no longer gives. */
  readonly stale: Stale | null;
}

/** One customer's scores from the facts up: what was seen, what was measured, and how the points add up. */
export function explanationText({ key, customer }: LoadedCustomer, stored: StoredScore, setting: Setting): string {
  const { score } = stored;
  const told = explainScore({ customer, asOf: score.computedAt, norms: setting.norms });
  const say = (reason: Reason): string =>
    render(setting.language, reason.code, reason.values as never, setting.zone.name);
  const { health, churn, upsell, outputs } = score;
  return [
    `${customer.fields.name ?? '(no name)'} (${key.kind} ${key.id}), as of ${new Date(score.computedAt).toISOString()}`,
    ...staleLine(setting.stale),
    '',
    'FACTS',
    factTable(told.facts, setting.zone),
    '',
    `HEALTH ${scored(health.breakdown, health.band, ' of 100')} — high is good (${health.version})`,
    ...(health.because ? [say(health.because)] : []),
    arithmeticTable(told.health, say),
    ...sum(health.breakdown, say),
    '',
    `CHURN RISK ${scored(churn.breakdown, churn.band, ' points')} — high is bad (${churn.version})`,
    ...(churn.because ? [say(churn.because)] : []),
    arithmeticTable(told.churn, say),
    ...sum(churn.breakdown, say),
    ...(outputs.churnRiskBand === churn.band
      ? []
      : [
          `On the record: ${outputs.churnRiskBand}, the risk of the company, since companies leave and not their people.`,
        ]),
    '',
    `UPSELL ${scored(upsell.breakdown, upsell.band, ' of 100')}, ${upsell.candidate ? 'a candidate' : 'no candidate'} — high is good (${upsell.version})`,
    ...(upsell.whyNot
      ? [`Why not: ${say(upsell.whyNot)}`]
      : [renderLines(setting.language, outputs.upsellReason, setting.zone.name)]),
    arithmeticTable(told.upsell, say),
    ...sum(upsell.breakdown, say),
    '',
  ].join('\n');
}

const staleLine = (stale: Stale | null): string[] =>
  stale
    ? [
        `Stale: ${stale.kinds.map((kind) => objectNames[kind].replaceAll('_', ' ')).join(', ')} as of ${new Date(stale.since).toISOString()}. ${stale.because}`,
      ]
    : [];

const scored = (breakdown: Breakdown | null, band: string, unit: ' of 100' | ' points'): string =>
  breakdown ? `${breakdown.score}${unit}, ${band}` : band.replaceAll('_', ' ');

/** The stored arithmetic: base, the named lines and everything else, which add up to the score exactly. */
function sum(breakdown: Breakdown | null, say: (reason: Reason) => string): string[] {
  if (!breakdown) return ['No score.'];
  const { base, lines, everythingElse, score } = breakdown;
  const rows: [number, string][] = [
    [base, 'to begin with'],
    ...lines.map((line): [number, string] => [line.points, say(line)]),
    [everythingElse, 'everything else, and rounding'],
  ];
  return [
    'In whole points:',
    ...rows.map(([points, text]) => `${(points > 0 ? `+${points}` : String(points)).padStart(6)}  ${text}`),
    `${`= ${score}`.padStart(6)}  score`,
  ];
}
