import { happyFirst, leadingMood, type Mood, unhappyFirst } from './leading-mood.ts';
import { type Catalogue, type InputNames, namesOf } from './message.ts';

const inputs: InputNames = {
  feedback: '問卷回覆',
  service: '已解決的客服單',
  problems: '服務體驗',
  usage: '產品使用量',
  contract: '合約',
  tickets: '客服單',
  relationship: '客戶關係',
  effort: '費力度回覆',
  room: '已購產品',
};

/** 每種態度的說法。 */
type Words = Readonly<Record<Mood, string>>;

/** 最近一次回覆：一人直說，多人說「3 人中有 2 人……」。 */
const answers =
  (question: string, words: Words, order = unhappyFirst, each = '人'): Catalogue['npsAnswers'] =>
  (values, { number }) => {
    const [mood, those] = leadingMood(values, order);
    if (values.n === 1) return `最近一次${question}回覆：${words[mood]}`;
    return `最近的${question}回覆：${number(values.n)} ${each}中有 ${number(those)} ${each}為${words[mood]}`;
  };

const satisfied: Words = { happy: '滿意', neutral: '普通', unhappy: '不滿意' };
const easy: Words = { happy: '輕鬆', neutral: '不輕鬆也不費力', unhappy: '費力' };
const promoters: Words = { happy: '推薦者', neutral: '中立者', unhappy: '批評者' };

/** 繁體中文（臺灣用語）。 */
export const zhTw: Catalogue = {
  satisfaction: ({ share, n }, { number, percent }) =>
    n === 1
      ? `近 90 天唯一一次滿意度回覆為${share === 1 ? '滿意' : '不滿意或普通'}`
      : `近 90 天 ${number(n)} 次滿意度回覆中，${percent(share)} 表示滿意`,
  loyalty: ({ nps, n }, { number, signed }) => `近 90 天 NPS 為 ${signed(nps)}（${number(n)} 份回覆）`,
  effort: ({ mean, n }, { number }) => `近 90 天辦事輕鬆度 ${number(mean)} 分，滿分 7 分（${number(n)} 份回覆）`,
  responseTime: ({ hours, n }, format) =>
    `首次回覆花了 ${format.hours(hours)}（近 90 天 ${format.number(n)} 張客服單的中位數）`,
  resolutionTime: ({ hours, n }, format) =>
    `解決花了 ${format.hours(hours)}（近 90 天 ${format.number(n)} 張客服單的中位數）`,
  reopened: ({ reopened }, { number }) =>
    reopened === 0 ? '近 90 天沒有客服單被重新開啟' : `近 90 天有 ${number(reopened)} 張客服單被重新開啟`,
  openTickets: ({ open, ageing, oldestDays }, { number, days }) => {
    if (open === 0) return '沒有未結的客服單';
    const tickets = `${number(open)} 張客服單未結`;
    return ageing === 0 ? tickets : `${tickets}，其中 ${number(ageing)} 張已超過 7 天（最久 ${days(oldestDays)}）`;
  },
  badExperiences: ({ bad, n }, { number }) =>
    bad === 0
      ? `近 90 天沒有不愉快的體驗（共 ${number(n)} 次客服單或回覆）`
      : `近 90 天有 ${number(bad)} 次不愉快的體驗`,
  usageTrend: ({ change, recent }, { number, percent }) => {
    if (recent === 0) return '近 30 天沒有使用產品';
    if (change === null) return `開始使用產品：近 30 天用量 ${number(recent)}，之前 30 天沒有使用`;
    if (change >= 9) return '近 30 天產品使用量達到先前的十倍以上';
    if (Math.abs(change) < 0.005) return '近 30 天產品使用量持平';
    return `近 30 天產品使用量${change < 0 ? '減少' : '成長'} ${percent(Math.abs(change))}`;
  },
  usageLow: ({ recent, typical }, { number }) =>
    `近 30 天產品使用量為 ${number(recent)}，一般客戶為 ${number(typical)}`,
  pastDue: ({ subscriptions }, { number }) =>
    subscriptions === 0 ? '沒有逾期未繳的訂閱' : `${number(subscriptions)} 項訂閱逾期未繳`,
  renewalOverdue: ({ days }, format) => `續約日已過 ${format.days(days)}`,
  paymentInOrder: ({ subscriptions }, { number }) => `${number(subscriptions)} 項訂閱，皆無逾期`,
  renewalAhead: ({ days }, format) => (days === 0 ? '一天之內到期續約' : `${format.days(days)}後續約`),
  npsAnswers: answers(' NPS ', promoters),
  csatAnswers: answers('滿意度', satisfied),
  cesAnswers: answers('費力度', easy),
  happyAnswers: answers('問卷', satisfied, happyFirst, '份'),
  easyAnswers: answers('費力度', easy, happyFirst),
  manyTickets: ({ n, typical }, { number }) =>
    `近 90 天新增 ${number(n)} 張客服單（四分之三的客戶不超過 ${number(typical)} 張）`,
  ageingTickets: ({ n, oldestDays }, { number, days }) =>
    n === 0 ? '沒有超過 7 天未結的客服單' : `${number(n)} 張客服單超過 7 天仍未結（最久 ${days(oldestDays)}）`,
  noContact: ({ days }, format) => `已有 ${format.days(days)}沒有聯絡紀錄`,
  tenure: ({ days }, format) => {
    const years = Math.floor(days / 365);
    return `成為客戶已 ${years < 2 ? format.days(days) : `${format.number(years)} 年`}`;
  },
  roomToGrow: ({ product, with: owned, share, n }, { number, percent }) =>
    owned === null
      ? `${number(n)} 家客戶中有 ${percent(share)} 已購買 ${product}，這位客戶還沒有`
      : `${number(n)} 家購買 ${owned} 的客戶中，有 ${percent(share)} 也購買了 ${product}，這位客戶還沒有`,
  everythingElse: () => '其他因素',
  notCustomer: () => '目前不是客戶',
  leftOn: ({ at }, { date }) => `已於 ${date(at)}流失`,
  tooLittleData: ({ coverage, needed, missing }, { percent, list }) => {
    const gap = `資料不足：已知 ${percent(coverage)}，至少需要 ${percent(needed)}`;
    return missing.length === 0 ? gap : `${gap}；缺少${list(namesOf(inputs, missing))}`;
  },
  tooFewExperiences: ({ n, needed }, { number }) =>
    `資料不足：近 90 天${n === 0 ? '沒有' : `只有 ${number(n)} 次`}客服單或回覆，至少需要 ${number(needed)} 次`,
  nothingHeard: ({ days }, format) => `資料不足：${format.days(days)}內沒有客服單或回覆，產品使用量不明`,
  churnRiskHigh: () => '流失風險高',
  churnRiskUnknown: () => '流失風險不明',
  healthLow: ({ score }, { number }) => `健康度低（${number(score)} 分，滿分 100 分）`,
  unhappyAnswers: ({ unhappy, n }, { number }) => `最近 ${number(n)} 份回覆中有 ${number(unhappy)} 份不滿意`,
  scoreTooLow: ({ score, needed }, { number }) => `加購分數 ${number(score)}，需達到 ${number(needed)}`,
  productsUnknown: () => '這位客戶已購的產品不明',
  noRoomToGrow: () => '同類客戶常買的產品，這位客戶都已經有了',
  startsAt: ({ base }, { number }) => `起始分數為 ${number(base)} 分`,
  'score.health': () => '健康度（越高越好）',
  'score.churnRisk': () => '流失風險（越高越差）',
  'score.upsell': () => '加購潛力（越高越好）',
  'band.high': () => '高',
  'band.medium': () => '中',
  'band.low': () => '低',
  'band.insufficient_data': () => '資料不足',
  'candidate.yes': () => '適合加購',
  'candidate.no': () => '暫不適合加購',
  'missing.not_in_portal': () => '這個帳戶中沒有這類資料',
  'missing.no_data': () => '這位客戶沒有這類資料',
  'missing.too_few': () => '樣本太少',
};
