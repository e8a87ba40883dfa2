/** What each reason says, as data: shares 0–1, NPS in points, times in hours, ages in whole days. */
export interface ReasonValues {
  /** Share of satisfied answers. */
  readonly satisfaction: { readonly share: number; readonly n: number };
  readonly loyalty: { readonly nps: number; readonly n: number };
  /** Mean ease, 1–7, high is easy. */
  readonly effort: { readonly mean: number; readonly n: number };
  readonly responseTime: { readonly hours: number; readonly n: number };
  readonly resolutionTime: { readonly hours: number; readonly n: number };
  readonly reopened: { readonly reopened: number; readonly n: number };
  readonly openTickets: { readonly open: number; readonly ageing: number; readonly oldestDays: number };
  readonly badExperiences: { readonly bad: number; readonly n: number };
  /** `change` −1 … 9 (nine: ten times as much, or more); null where there was no use before. */
  readonly usageTrend: { readonly change: number | null; readonly recent: number; readonly before: number | null };
  readonly usageLow: { readonly recent: number; readonly typical: number };
  readonly pastDue: { readonly subscriptions: number };
  readonly renewalOverdue: { readonly days: number };
  readonly paymentInOrder: { readonly subscriptions: number };
  readonly renewalAhead: { readonly days: number };
  /** Respondents by their latest answer. */
  readonly npsAnswers: Answers;
  readonly csatAnswers: Answers;
  readonly cesAnswers: Answers;
  readonly happyAnswers: Answers;
  readonly easyAnswers: Answers;
  readonly manyTickets: { readonly n: number; readonly typical: number };
  readonly ageingTickets: { readonly n: number; readonly oldestDays: number };
  readonly noContact: { readonly days: number };
  readonly tenure: { readonly days: number };
  /** `with`: a product both have; null where the customer has none yet. `n`: the customers compared with. */
  readonly roomToGrow: {
    readonly product: string;
    readonly with: string | null;
    readonly share: number;
    readonly n: number;
  };
  /** All contributions that are not named. */
  readonly everythingElse: Record<never, never>;
  /** Why there is no score, or no candidate. */
  readonly notCustomer: Record<never, never>;
  /** An instant. */
  readonly leftOn: { readonly at: number };
  readonly tooLittleData: { readonly coverage: number; readonly needed: number; readonly missing: readonly string[] };
  /** Answers and tickets of 90 days. */
  readonly tooFewExperiences: { readonly n: number; readonly needed: number };
  readonly nothingHeard: { readonly days: number };
  readonly churnRiskHigh: Record<never, never>;
  readonly churnRiskUnknown: Record<never, never>;
  readonly healthLow: { readonly score: number };
  readonly unhappyAnswers: Answers;
  readonly scoreTooLow: { readonly score: number; readonly needed: number };
  readonly productsUnknown: Record<never, never>;
  readonly noRoomToGrow: { readonly products: number };
}

interface Answers {
  readonly happy: number;
  readonly unhappy: number;
  readonly n: number;
}

export type ReasonCode = keyof ReasonValues;

/** A code and the numbers behind it; `src/contract/messages` puts it into words. */
export type Reason<C extends ReasonCode = ReasonCode> = {
  readonly [P in C]: { readonly code: P; readonly values: ReasonValues[P] };
}[C];

/** A reason and what it adds to a score. */
export type Contribution = Reason & { readonly points: number };

/** Pairs a code with its values. */
export const reason = <C extends ReasonCode>(code: C, values: ReasonValues[C]): Reason =>
  ({ code, values }) as unknown as Reason;
