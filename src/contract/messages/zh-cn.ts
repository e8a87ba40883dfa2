import { happyFirst, leadingMood, type Mood, unhappyFirst } from './leading-mood.ts';
import { type Catalogue, type InputNames, namesOf } from './message.ts';

const inputs: InputNames = {
  feedback: '问卷回答',
  service: '已解决的工单',
  problems: '服务体验',
  usage: '产品使用量',
  contract: '合同',
  tickets: '工单',
  relationship: '客户关系',
  effort: '费力度回答',
  room: '已购产品',
};

/** 每种态度的说法。 */
type Words = Readonly<Record<Mood, string>>;

/** 最近一次回答：一人直说，多人说“3人中有2人……”。 */
const answers =
  (question: string, words: Words, order = unhappyFirst, each = '人'): Catalogue['npsAnswers'] =>
  (values, { number }) => {
    const [mood, those] = leadingMood(values, order);
    if (values.n === 1) return `最近一次${question}回答：${words[mood]}`;
    return `最近的${question}回答：${number(values.n)}${each}中有${number(those)}${each}为${words[mood]}`;
  };

const satisfied: Words = { happy: '满意', neutral: '一般', unhappy: '不满意' };
const easy: Words = { happy: '轻松', neutral: '不轻松也不费力', unhappy: '费力' };
const promoters: Words = { happy: '推荐者', neutral: '中立者', unhappy: '贬损者' };

/** 简体中文。 */
export const zhCn: Catalogue = {
  satisfaction: ({ share, n }, { number, percent }) =>
    n === 1
      ? `近90天唯一一次满意度回答为${share === 1 ? '满意' : '不满意或一般'}`
      : `近90天${number(n)}次满意度回答中，${percent(share)}表示满意`,
  loyalty: ({ nps, n }, { number, signed }) => `近90天NPS为${signed(nps)}（${number(n)}份回答）`,
  effort: ({ mean, n }, { number }) => `近90天办事轻松度${number(mean)}分，满分7分（${number(n)}份回答）`,
  responseTime: ({ hours, n }, format) =>
    `首次回复用时${format.hours(hours)}（近90天${format.number(n)}个工单的中位数）`,
  resolutionTime: ({ hours, n }, format) => `解决用时${format.hours(hours)}（近90天${format.number(n)}个工单的中位数）`,
  reopened: ({ reopened }, { number }) =>
    reopened === 0 ? '近90天没有工单被重新打开' : `近90天有${number(reopened)}个工单被重新打开`,
  openTickets: ({ open, ageing, oldestDays }, { number, days }) => {
    if (open === 0) return '没有未解决的工单';
    const tickets = `${number(open)}个工单未解决`;
    return ageing === 0 ? tickets : `${tickets}，其中${number(ageing)}个已超过7天（最久${days(oldestDays)}）`;
  },
  badExperiences: ({ bad, n }, { number }) =>
    bad === 0 ? `近90天没有不愉快的体验（共${number(n)}次工单或回答）` : `近90天有${number(bad)}次不愉快的体验`,
  usageTrend: ({ change, recent }, { number, percent }) => {
    if (recent === 0) return '近30天没有使用产品';
    if (change === null) return `开始使用产品：近30天用量${number(recent)}，此前30天没有使用`;
    if (change >= 9) return '近30天产品使用量达到此前的十倍以上';
    if (Math.abs(change) < 0.005) return '近30天产品使用量持平';
    return `近30天产品使用量${change < 0 ? '下降' : '增长'}${percent(Math.abs(change))}`;
  },
  usageLow: ({ recent, typical }, { number }) => `近30天产品使用量为${number(recent)}，一般客户为${number(typical)}`,
  pastDue: ({ subscriptions }, { number }) =>
    subscriptions === 0 ? '没有逾期未付的订阅' : `${number(subscriptions)}项订阅逾期未付`,
  renewalOverdue: ({ days }, format) => `续约日已过${format.days(days)}`,
  paymentInOrder: ({ subscriptions }, { number }) => `${number(subscriptions)}项订阅，均无逾期`,
  renewalAhead: ({ days }, format) => (days === 0 ? '一天之内到期续约' : `${format.days(days)}后续约`),
  npsAnswers: answers('NPS', promoters),
  csatAnswers: answers('满意度', satisfied),
  cesAnswers: answers('费力度', easy),
  happyAnswers: answers('问卷', satisfied, happyFirst, '份'),
  easyAnswers: answers('费力度', easy, happyFirst),
  manyTickets: ({ n, typical }, { number }) =>
    `近90天新开${number(n)}个工单（四分之三的客户不超过${number(typical)}个）`,
  ageingTickets: ({ n, oldestDays }, { number, days }) =>
    n === 0 ? '没有超过7天未解决的工单' : `${number(n)}个工单超过7天仍未解决（最久${days(oldestDays)}）`,
  noContact: ({ days }, format) => `已有${format.days(days)}没有联系记录`,
  tenure: ({ days }, format) => {
    const years = Math.floor(days / 365);
    return `成为客户已${years < 2 ? format.days(days) : `${format.number(years)}年`}`;
  },
  roomToGrow: ({ product, with: owned, share, n }, { number, percent }) =>
    owned === null
      ? `${number(n)}家客户中有${percent(share)}已购买${product}，该客户尚未购买`
      : `${number(n)}家购买${owned}的客户中有${percent(share)}也购买了${product}，该客户尚未购买`,
  everythingElse: () => '其他因素',
  notCustomer: () => '目前不是客户',
  leftOn: ({ at }, { date }) => `已于${date(at)}流失`,
  tooLittleData: ({ coverage, needed, missing }, { percent, list }) => {
    const gap = `数据不足：已知${percent(coverage)}，至少需要${percent(needed)}`;
    return missing.length === 0 ? gap : `${gap}；缺少${list(namesOf(inputs, missing))}`;
  },
  tooFewExperiences: ({ n, needed }, { number }) =>
    `数据不足：近90天${n === 0 ? '没有' : `只有${number(n)}次`}工单或回答，至少需要${number(needed)}次`,
  nothingHeard: ({ days }, format) => `数据不足：${format.days(days)}内没有工单或回答，产品使用量未知`,
  churnRiskHigh: () => '流失风险高',
  churnRiskUnknown: () => '流失风险未知',
  healthLow: ({ score }, { number }) => `健康度低（${number(score)}分，满分100分）`,
  unhappyAnswers: ({ unhappy, n }, { number }) => `最近${number(n)}份回答中有${number(unhappy)}份不满意`,
  scoreTooLow: ({ score, needed }, { number }) => `增购得分${number(score)}，需达到${number(needed)}`,
  productsUnknown: () => '该客户已购产品未知',
  noRoomToGrow: () => '同类客户常购的产品，该客户都已拥有',
  startsAt: ({ base }, { number }) => `起始分为${number(base)}分`,
  'score.health': () => '健康度（越高越好）',
  'score.churnRisk': () => '流失风险（越高越差）',
  'score.upsell': () => '增购潜力（越高越好）',
  'band.high': () => '高',
  'band.medium': () => '中',
  'band.low': () => '低',
  'band.insufficient_data': () => '数据不足',
  'candidate.yes': () => '适合增购',
  'candidate.no': () => '暂不适合增购',
  'missing.not_in_portal': () => '本账户中没有此类数据',
  'missing.no_data': () => '该客户没有此类数据',
  'missing.too_few': () => '样本太少',
};
