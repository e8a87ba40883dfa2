import type { ReasonValues } from '#domain/scores/reason.ts';

const answers = [
  { happy: 1, unhappy: 0, n: 1 },
  { happy: 0, unhappy: 0, n: 1 },
  { happy: 0, unhappy: 1, n: 1 },
  { happy: 2, unhappy: 0, n: 3 },
  { happy: 1, unhappy: 2, n: 3 },
  { happy: 0, unhappy: 0, n: 2 },
  { happy: 4, unhappy: 1, n: 5 },
  { happy: 0, unhappy: 1, n: 3 },
  { happy: 0, unhappy: 2, n: 2 },
];

/** Values that reach every wording of every reason. A reason without examples does not compile. */
export const examples: { readonly [C in keyof ReasonValues]: readonly ReasonValues[C][] } = {
  satisfaction: [
    { share: 1, n: 1 },
    { share: 0, n: 1 },
    { share: 0.666_666, n: 3 },
  ],
  loyalty: [
    { nps: -100, n: 1 },
    { nps: 33.3333, n: 3 },
    { nps: 0, n: 2 },
  ],
  effort: [
    { mean: 5.333_33, n: 3 },
    { mean: 7, n: 1 },
  ],
  responseTime: [
    { hours: 0.5, n: 1 },
    { hours: 70.123, n: 3 },
  ],
  resolutionTime: [
    { hours: 5.25, n: 1 },
    { hours: 400, n: 3 },
  ],
  reopened: [
    { reopened: 0, n: 2 },
    { reopened: 1, n: 2 },
    { reopened: 2, n: 2 },
  ],
  openTickets: [
    { open: 0, ageing: 0, oldestDays: 0 },
    { open: 1, ageing: 0, oldestDays: 2 },
    { open: 3, ageing: 1, oldestDays: 12 },
  ],
  badExperiences: [
    { bad: 0, n: 1 },
    { bad: 0, n: 4 },
    { bad: 1, n: 4 },
    { bad: 2, n: 4 },
  ],
  usageTrend: [
    { change: -0.42, recent: 58, before: 100 },
    { change: 0.1, recent: 110, before: 100 },
    { change: 0, recent: 100, before: 100 },
    { change: 9, recent: 5000, before: 100 },
    { change: null, recent: 7, before: 0 },
    { change: -1, recent: 0, before: 9 },
  ],
  usageLow: [{ recent: 3, typical: 41.5 }],
  pastDue: [{ subscriptions: 0 }, { subscriptions: 1 }, { subscriptions: 2 }],
  renewalOverdue: [{ days: 1 }, { days: 12 }],
  paymentInOrder: [{ subscriptions: 1 }, { subscriptions: 2 }],
  renewalAhead: [{ days: 0 }, { days: 1 }, { days: 80 }],
  npsAnswers: answers,
  csatAnswers: answers,
  cesAnswers: answers,
  happyAnswers: answers,
  easyAnswers: answers,
  manyTickets: [
    { n: 0, typical: 0 },
    { n: 1, typical: 0 },
    { n: 6, typical: 2 },
  ],
  ageingTickets: [
    { n: 0, oldestDays: 3 },
    { n: 1, oldestDays: 8 },
    { n: 2, oldestDays: 40 },
  ],
  noContact: [{ days: 0 }, { days: 1 }, { days: 120 }],
  tenure: [{ days: 0 }, { days: 1 }, { days: 600 }, { days: 1500 }],
  roomToGrow: [
    { product: 'Reports', with: 'Base', share: 0.62, n: 45 },
    { product: 'Base', with: null, share: 0.9, n: 1200 },
  ],
  everythingElse: [{}],
  notCustomer: [{}],
  leftOn: [{ at: 1_780_000_000_000 }],
  tooLittleData: [
    { coverage: 0.45, needed: 0.6, missing: ['feedback', 'usage'] },
    { coverage: 0, needed: 0.6, missing: [] },
    { coverage: 0, needed: 0.6, missing: ['constructor'] },
  ],
  tooFewExperiences: [
    { n: 0, needed: 3 },
    { n: 1, needed: 3 },
    { n: 2, needed: 3 },
  ],
  nothingHeard: [{ days: 180 }],
  churnRiskHigh: [{}],
  churnRiskUnknown: [{}],
  healthLow: [{ score: 31 }],
  unhappyAnswers: [
    { happy: 0, unhappy: 1, n: 1 },
    { happy: 2, unhappy: 1, n: 3 },
  ],
  scoreTooLow: [{ score: 61, needed: 70 }],
  productsUnknown: [{}],
  noRoomToGrow: [{ products: 3 }],
};
