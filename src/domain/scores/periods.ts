import type { Instant } from '../records/record.ts';

const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Measurements and tickets count when they are this recent. Source: docs/metrics.md, the default window. */
export const windowDays = 90;
/** Answers speak for a customer this long: surveys are rarer than tickets. Default of ours. */
export const answerDays = 180;
/** An open ticket is ageing after this. Default of ours. */
export const ageingDays = 7;
/** A first reply after this is a bad experience. Default of ours: a day, the wait most desks promise at worst. */
export const slowReplyHours = 24;
/** A resolution after this is a bad experience. Default of ours. */
export const slowResolutionHours = 168;
/** A renewal date that passed longer ago than this is taken as not maintained. Default of ours. */
export const staleRenewalDays = 90;
/** An input counts as used by the portal when anything of it is this recent. Default of ours. */
export const inUseDays = 365;

/** Whole days from one instant to another, rounded down. */
export const daysBetween = (from: Instant, to: Instant): number => Math.floor((to - from) / DAY);
/** The instant `days` before another. */
export const daysBefore = (at: Instant, days: number): Instant => at - days * DAY;
