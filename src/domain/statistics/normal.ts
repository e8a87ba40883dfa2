/** The 97.5 % point of the standard normal distribution: a two-sided 95 % interval reaches this many standard errors. */
export const z95 = 1.959963984540054;
