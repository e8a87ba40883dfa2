import type { Measurement } from './measurement.ts';

/** What a measurement is about. */
export type Scope = 'contact' | 'company' | 'segment' | 'portal';

/**
 * How many cases a value needs before it enters scores; below it, views grey it out. One case is worth showing for one
 * contact (with its n); 30 is the usual rule of thumb for a mean, 3 keeps a single voice from standing for a company.
 */
export const minimumSample: Readonly<Record<Scope, number>> = { contact: 1, company: 3, segment: 30, portal: 30 };

/** Whether a measurement rests on enough cases for its scope. */
export const restsOnEnough = (measurement: Measurement, scope: Scope): boolean =>
  measurement.status === 'measured' && measurement.n >= minimumSample[scope];
