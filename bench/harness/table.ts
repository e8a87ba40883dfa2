import Table from 'cli-table3';
import { type Figure, meetsGoal } from './figure.ts';

const besideOf = ({ beside = {}, unit }: Figure): string =>
  Object.entries(beside)
    .map(([peer, value]) => `${peer} ${value} ${unit}`)
    .join('\n');

/** Figures for people: value and unit, the goal and whether it is met, what others reach. */
export function figureTable(figures: readonly Figure[]): string {
  const table = new Table({ head: ['figure', 'value', 'goal', '', 'beside'], style: { head: [], border: [] } });
  for (const figure of figures) {
    const { id, value, unit, goal, better } = figure;
    const sign = better === 'lower' ? '≤' : '≥';
    table.push([
      id,
      `${value} ${unit}`,
      `${sign} ${goal} ${unit}`,
      meetsGoal(figure) ? 'met' : 'missed',
      besideOf(figure),
    ]);
  }
  return table.toString();
}
