import { happyFirst, leadingMood, type Mood, unhappyFirst } from './leading-mood.ts';
import { type Catalogue, type InputNames, namesOf } from './message.ts';

const inputs: InputNames = {
  feedback: 'survey answers',
  service: 'solved tickets',
  problems: 'experiences with us',
  usage: 'product use',
  contract: 'contract',
  tickets: 'tickets',
  relationship: 'relationship',
  effort: 'effort answers',
  room: 'products',
};

const count = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);

/** A mood in words: of one answer, and after "1 of 3 people …" and "2 of 3 people …". */
type Words = Readonly<Record<Mood, readonly [alone: string, one: string, several: string]>>;

/** What the latest answers say: one by its word, several as "2 of 3 people are …". */
const answers =
  (question: string, words: Words, order = unhappyFirst, whose = 'people'): Catalogue['npsAnswers'] =>
  (values, { number }) => {
    const [mood, those] = leadingMood(values, order);
    const [alone, one, several] = words[mood];
    if (values.n === 1) return `Latest ${question} answer: ${alone}`;
    return `Latest ${question} answers: ${number(those)} of ${number(values.n)} ${whose} ${count(those, one, several)}`;
  };

/** A mood that people are in. */
const being = (alone: string): Words[Mood] => [alone, `is ${alone}`, `are ${alone}`];
/** A way they found something. */
const finding = (alone: string): Words[Mood] => [alone, `found it ${alone}`, `found it ${alone}`];

const satisfied: Words = { happy: being('satisfied'), neutral: being('neutral'), unhappy: being('dissatisfied') };
const easy: Words = { happy: finding('easy'), neutral: finding('neither easy nor hard'), unhappy: finding('hard') };
const promoters: Words = {
  happy: ['promoter', 'is a promoter', 'are promoters'],
  neutral: being('passive'),
  unhappy: ['detractor', 'is a detractor', 'are detractors'],
};
const happy: Words = { happy: being('happy'), neutral: being('neutral'), unhappy: being('unhappy') };

/** English, as a sales rep would say it. */
export const en: Catalogue = {
  satisfaction: ({ share, n }, { number, percent }) =>
    n === 1
      ? `The one satisfaction answer in 90 days was ${share === 1 ? 'positive' : 'not positive'}`
      : `${percent(share)} of ${number(n)} satisfaction answers in 90 days were positive`,
  loyalty: ({ nps, n }, { number, signed }) => `NPS ${signed(nps)} in 90 days (${number(n)} ${count(n, 'answer')})`,
  effort: ({ mean, n }, { number }) =>
    `Ease rated ${number(mean)} of 7 in 90 days (${number(n)} ${count(n, 'answer')})`,
  responseTime: ({ hours, n }, format) =>
    `First reply after ${format.hours(hours)} (median of ${format.number(n)} ${count(n, 'ticket')} in 90 days)`,
  resolutionTime: ({ hours, n }, format) =>
    `Solved after ${format.hours(hours)} (median of ${format.number(n)} ${count(n, 'ticket')} in 90 days)`,
  reopened: ({ reopened }, { number }) =>
    `${reopened === 0 ? 'No' : number(reopened)} ${count(reopened || 1, 'ticket')} reopened in 90 days`,
  openTickets: ({ open, ageing, oldestDays }, { number, days }) => {
    if (open === 0) return 'No open ticket';
    const tickets = `${number(open)} open ${count(open, 'ticket')}`;
    return ageing === 0 ? tickets : `${tickets}, ${number(ageing)} for more than 7 days (oldest ${days(oldestDays)})`;
  },
  badExperiences: ({ bad, n }, { number }) =>
    bad === 0
      ? `No bad experience in 90 days (${number(n)} ${count(n, 'ticket or answer', 'tickets and answers')})`
      : `${number(bad)} bad ${count(bad, 'experience')} in 90 days`,
  usageTrend: ({ change, recent }, { number, percent }) => {
    if (recent === 0) return 'No product use in 30 days';
    if (change === null) return `Product use began: ${number(recent)} in 30 days, none in the 30 days before`;
    if (change >= 9) return 'Product use is at least ten times what it was 30 days before';
    if (Math.abs(change) < 0.005) return 'Product use is unchanged in 30 days';
    return `Product use ${change < 0 ? 'fell' : 'grew'} ${percent(Math.abs(change))} in 30 days`;
  },
  usageLow: ({ recent, typical }, { number }) =>
    `Product use of ${number(recent)} in 30 days, against ${number(typical)} for a typical customer`,
  pastDue: ({ subscriptions }, { number }) =>
    subscriptions === 0
      ? 'No subscription is past due'
      : `${number(subscriptions)} ${count(subscriptions, 'subscription is', 'subscriptions are')} past due`,
  renewalOverdue: ({ days }, format) => `Renewal date passed ${format.days(days)} ago`,
  paymentInOrder: ({ subscriptions }, { number }) =>
    subscriptions === 1 ? '1 subscription, not past due' : `${number(subscriptions)} subscriptions, none past due`,
  renewalAhead: ({ days }, format) => (days === 0 ? 'Renewal is due within a day' : `Renewal in ${format.days(days)}`),
  npsAnswers: answers('NPS', promoters),
  csatAnswers: answers('satisfaction', satisfied),
  cesAnswers: answers('effort', easy),
  happyAnswers: answers('survey', happy, happyFirst, 'answers'),
  easyAnswers: answers('effort', easy, happyFirst),
  manyTickets: ({ n, typical }, { number }) =>
    `${n === 0 ? 'No' : number(n)} ${count(n || 1, 'ticket')} opened in 90 days (three of four customers: at most ${number(typical)})`,
  ageingTickets: ({ n, oldestDays }, { number, days }) =>
    n === 0
      ? 'No ticket open for more than 7 days'
      : `${number(n)} ${count(n, 'ticket')} open for more than 7 days (oldest ${days(oldestDays)})`,
  noContact: ({ days }, format) =>
    days === 0 ? 'Last contact logged within a day' : `No contact logged for ${format.days(days)}`,
  tenure: ({ days }, format) => {
    if (days === 0) return 'Customer for less than a day';
    const years = Math.floor(days / 365);
    return `Customer for ${years < 2 ? format.days(days) : `${format.number(years)} years`}`;
  },
  roomToGrow: ({ product, with: owned, share, n }, { number, percent }) =>
    owned === null
      ? `${percent(share)} of ${number(n)} customers have ${product}; this one does not yet`
      : `${percent(share)} of ${number(n)} customers with ${owned} also have ${product}; this one does not yet`,
  everythingElse: () => 'Everything else',
  notCustomer: () => 'Not a customer now',
  leftOn: ({ at }, { date }) => `Left on ${date(at)}`,
  tooLittleData: ({ coverage, needed, missing }, { percent, list }) => {
    const gap = `Not enough data: ${percent(coverage)} known, ${percent(needed)} needed`;
    return missing.length === 0 ? gap : `${gap}; missing: ${list(namesOf(inputs, missing))}`;
  },
  tooFewExperiences: ({ n, needed }, { number }) =>
    `Not enough data: ${n === 0 ? 'no' : number(n)} ${count(n || 1, 'ticket or answer', 'tickets and answers')} in 90 days, ${number(needed)} needed`,
  nothingHeard: ({ days }, format) =>
    `Not enough data: no ticket and no answer in ${format.days(days)}, product use unknown`,
  churnRiskHigh: () => 'Churn risk is high',
  churnRiskUnknown: () => 'Churn risk is not known',
  healthLow: ({ score }, { number }) => `Health is low (${number(score)} of 100)`,
  unhappyAnswers: ({ unhappy, n }, { number }) =>
    n === 1
      ? 'The latest answer is unhappy'
      : `${number(unhappy)} of ${number(n)} latest answers ${count(unhappy, 'is', 'are')} unhappy`,
  scoreTooLow: ({ score, needed }, { number }) => `Upsell score ${number(score)}, ${number(needed)} needed`,
  productsUnknown: () => 'Products of this customer are not known',
  noRoomToGrow: () => 'No product that similar customers often have is missing',
  startsAt: ({ base }, { number }) => `Every score starts at ${number(base)}`,
  'score.health': () => 'Health (high is good)',
  'score.churnRisk': () => 'Churn risk (high is bad)',
  'score.upsell': () => 'Upsell (high is good)',
  'band.high': () => 'High',
  'band.medium': () => 'Medium',
  'band.low': () => 'Low',
  'band.insufficient_data': () => 'Not enough data',
  'candidate.yes': () => 'Upsell candidate',
  'candidate.no': () => 'Not an upsell candidate',
  'missing.not_in_portal': () => 'nobody in this portal has it',
  'missing.no_data': () => 'this customer has none',
  'missing.too_few': () => 'too few cases',
};
