import type { Format } from './format.ts';

type Nothing = Readonly<Record<never, never>>;

interface Answers {
  readonly happy: number;
  readonly unhappy: number;
  readonly n: number;
}

/** Every message and the numbers it prints: shares 0–1, times in hours, ages in days, `at` in ms since the epoch. */
export interface MessageValues {
  readonly satisfaction: { readonly share: number; readonly n: number };
  readonly loyalty: { readonly nps: number; readonly n: number };
  readonly effort: { readonly mean: number; readonly n: number };
  readonly responseTime: { readonly hours: number; readonly n: number };
  readonly resolutionTime: { readonly hours: number; readonly n: number };
  readonly reopened: { readonly reopened: number; readonly n: number };
  readonly openTickets: { readonly open: number; readonly ageing: number; readonly oldestDays: number };
  readonly badExperiences: { readonly bad: number; readonly n: number };
  readonly usageTrend: { readonly change: number | null; readonly recent: number; readonly before: number | null };
  readonly usageLow: { readonly recent: number; readonly typical: number };
  readonly pastDue: { readonly subscriptions: number };
  readonly renewalOverdue: { readonly days: number };
  readonly paymentInOrder: { readonly subscriptions: number };
  readonly renewalAhead: { readonly days: number };
  readonly npsAnswers: Answers;
  readonly csatAnswers: Answers;
  readonly cesAnswers: Answers;
  readonly happyAnswers: Answers;
  readonly easyAnswers: Answers;
  readonly manyTickets: { readonly n: number; readonly typical: number };
  readonly ageingTickets: { readonly n: number; readonly oldestDays: number };
  readonly noContact: { readonly days: number };
  readonly tenure: { readonly days: number };
  readonly roomToGrow: {
    readonly product: string;
    readonly with: string | null;
    readonly share: number;
    readonly n: number;
  };
  readonly everythingElse: Nothing;
  readonly notCustomer: Nothing;
  readonly leftOn: { readonly at: number };
  readonly tooLittleData: { readonly coverage: number; readonly needed: number; readonly missing: readonly string[] };
  readonly tooFewExperiences: { readonly n: number; readonly needed: number };
  readonly nothingHeard: { readonly days: number };
  readonly churnRiskHigh: Nothing;
  readonly churnRiskUnknown: Nothing;
  readonly healthLow: { readonly score: number };
  readonly unhappyAnswers: Answers;
  readonly scoreTooLow: { readonly score: number; readonly needed: number };
  readonly productsUnknown: Nothing;
  readonly noRoomToGrow: { readonly products: number };
  /** The line before the reasons. */
  readonly startsAt: { readonly base: number };
  readonly 'score.health': Nothing;
  readonly 'score.churnRisk': Nothing;
  readonly 'score.upsell': Nothing;
  readonly 'band.high': Nothing;
  readonly 'band.medium': Nothing;
  readonly 'band.low': Nothing;
  readonly 'band.insufficient_data': Nothing;
  readonly 'candidate.yes': Nothing;
  readonly 'candidate.no': Nothing;
  /** Why a part of a score is missing. */
  readonly 'missing.not_in_portal': Nothing;
  readonly 'missing.no_data': Nothing;
  readonly 'missing.too_few': Nothing;
}

export type MessageCode = keyof MessageValues;

/** One language: a sentence for every code. A missing code does not compile. */
export type Catalogue = {
  readonly [C in MessageCode]: (values: MessageValues[C], format: Format) => string;
};

/** What scores look at, as named in "too little data". */
export const inputNames = [
  'feedback',
  'service',
  'problems',
  'usage',
  'contract',
  'tickets',
  'relationship',
  'effort',
  'room',
] as const;

/** The inputs in one language. */
export type InputNames = Readonly<Record<(typeof inputNames)[number], string>>;

/** The names of inputs; a name that is not known stays as it is. */
export const namesOf = (names: InputNames, inputs: readonly string[]): string[] =>
  inputs.map((input) => (Object.hasOwn(names, input) ? names[input as keyof InputNames] : input));
