import type { Figures } from '#domain/metrics/measure.ts';
import type { Measurement } from '#domain/metrics/measurement.ts';
import type { Window } from '#domain/metrics/metric.ts';
import { zoneOf } from '#domain/time/zone.ts';
import { at } from './facts.ts';

/** A portal in New York as seen at the end of 2026, over all its data. */
export const newYork = zoneOf('America/New_York');
export const asOf = at('2026-12-31T12:00:00Z');
export const everything: Window = { from: -Infinity, to: asOf, undated: true };

/** The only figure of a metric that has one, or the one named. */
export function figure(figures: Figures, name = 'value'): Measurement {
  const found = figures[name];
  if (!found) throw new Error(`no figure ${name} among ${Object.keys(figures).join(', ')}`);
  return found;
}
