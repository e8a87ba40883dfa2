/** Answers by group. The numbers may be fractional where a sample size is an effective one. */
export interface Groups {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** Promoters' share minus detractors' share (−1…1), and the variance of one answer around it. */
export interface NetScore {
  readonly n: number;
  readonly net: number;
  readonly variance: number;
}

/**
 * The net score of at least one answer, each counting +1, 0 or −1.
 * Source of the variance: W. Huber, https://stats.stackexchange.com/a/18609 (population variance of the three values).
 */
export function netScore({ promoters, passives, detractors }: Groups): NetScore {
  const n = promoters + passives + detractors;
  const net = (promoters - detractors) / n;
  return { n, net, variance: (promoters + detractors) / n - net * net };
}
