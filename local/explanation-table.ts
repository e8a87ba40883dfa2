import Table from 'cli-table3';
import type { ModelExplanation, PartRow, RuleRow } from '#domain/scores/explanation.ts';
import type { Missing } from '#domain/scores/part.ts';
import type { Reason } from '#domain/scores/reason.ts';
import { plainTable } from './plain-table.ts';

type Say = (reason: Reason) => string;

const unknown: Readonly<Record<Missing, string>> = {
  not_in_portal: 'unknown: nobody in this portal has it',
  no_data: 'unknown: this customer has none',
  too_few: 'unknown: too few cases',
};

const rounded = (value: number): string => String(Math.round(value * 100) / 100 + 0);
const signed = (points: number): string => (points > 0 ? `+${rounded(points)}` : rounded(points));
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** The arithmetic of one model before rounding: every part or rule, what was measured, its points, and the source of its scale. */
export function arithmeticTable(model: ModelExplanation<PartRow> | ModelExplanation<RuleRow>, say: Say): string {
  const table = new Table(plainTable(['Points', 'What', 'Measured, and how it is scored'], ['Points']));
  const sources = [...new Set(model.rows.map((row) => sourceOf(row)))];
  for (const row of model.rows) {
    const { points, what, measured, how } = 'part' in row ? partLine(row, say) : ruleLine(row, say);
    table.push([points, what, `${measured}\n  ${how} [${sources.indexOf(sourceOf(row)) + 1}]`]);
  }
  const { base, exact, coverage, neededCoverage } = model;
  return [
    table.toString(),
    `${base} to begin with and the points above: ${rounded(exact)}.`,
    `Known: ${percent(coverage)} of the weight of the inputs this portal has; ${percent(neededCoverage)} is needed.`,
    ...sources.map((title, index) => `[${index + 1}] ${title}`),
  ].join('\n');
}

const sourceOf = (row: PartRow | RuleRow): string => ('part' in row ? row.scale.source.title : row.source.title);

/** A part counts with its weight: share × (sub-score − base). */
const partLine = ({ part, missing, reason, subScore, share, points, scale }: PartRow, say: Say) => ({
  points: missing ? '' : signed(points),
  what: part,
  measured: missing ? unknown[missing] : reason ? say(reason) : '',
  how: `${scale.worst} is 0, ${scale.best} is 100${missing ? '' : `: ${subScore?.toFixed(0)}; weight ${percent(share)}`}`,
});

/** A rule adds the points of the highest step reached. */
const ruleLine = ({ rule, observes, value, reason, points, below, steps }: RuleRow, say: Say) => ({
  points: value === null ? '' : signed(points),
  what: rule,
  measured: value === null ? 'unknown' : reason ? say(reason) : rounded(value),
  how: `${observes}${value === null || !reason ? '' : ` = ${rounded(value)}`}; ${[
    ...(below === 0 ? [] : [`below: ${signed(below)}`]),
    ...steps.map((step) => `from ${step.from}: ${signed(step.points)}`),
  ].join(', ')}`,
});
