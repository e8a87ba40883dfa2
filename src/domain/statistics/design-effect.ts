import { addSums, noSums, type Sums, squaredDeviations } from './sums.ts';

/** What repeated answers of the same people do to a sample. */
export interface DesignEffect {
  /** All answers together. */
  readonly sums: Sums;
  /** People; every answer without a known person counts as one. */
  readonly clusters: number;
  /** Variance of the mean over that of as many independent answers, at least 1; the effective sample is n ÷ effect. */
  readonly effect: number;
}

/**
 * The design effect of answers grouped by person. 1 when nobody answered twice; at most Kish's Σnᵢ² ÷ n, which is full
 * agreement of each person with themself and is assumed where the data cannot tell (one person, or all answers equal).
 * Source: J. Rao & A. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48(2), 1992; the
 * small-sample factor is taken relative to independent answers. Sums of products stay whole numbers, hence exact.
 */
export function designEffect(single: Sums, people: Iterable<Sums>): DesignEffect {
  let sums = noSums;
  let clusters = single[0];
  let [nn, ny, yy] = single;
  for (const person of people) {
    const [n, y] = person;
    sums = addSums(sums, person);
    clusters += 1;
    nn += n * n;
    ny += n * y;
    yy += y * y;
  }
  sums = addSums(sums, single);

  const [n, sum] = sums;
  if (n === clusters) return { sums, clusters, effect: 1 };
  const atMost = nn / n;
  const independent = squaredDeviations(sums);
  if (clusters === 1 || independent === 0) return { sums, clusters, effect: atMost };
  const mean = sum / n;
  const between = yy - 2 * mean * ny + mean * mean * nn;
  const smallSample = (clusters / (clusters - 1)) * ((n - 1) / n);
  return { sums, clusters, effect: Math.min(atMost, Math.max(1, (smallSample * between) / independent)) };
}
