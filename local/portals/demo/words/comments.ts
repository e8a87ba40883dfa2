/** Free text beside a rating, by how satisfied the respondent is. */
import type { Locale } from '../customer.ts';

export type Mood = 'happy' | 'neutral' | 'unhappy';

/** Comments by language and mood. */
export const comments: Readonly<Record<Locale, Readonly<Record<Mood, readonly string[]>>>> = {
  en: {
    happy: [
      'Quick and friendly help, thank you!',
      'It saves us hours every week.',
      'The support team solved it in one go.',
      'Easy to use, would recommend it.',
    ],
    neutral: [
      'Works most of the time.',
      'Good product, but the reports are slow.',
      'OK so far, the price is a bit high.',
    ],
    unhappy: [
      'I had to explain the same problem three times.',
      'Still waiting for an answer.',
      'The sync fails again and again.',
      'Too expensive for what it does.',
      'Nobody feels responsible for our invoice.',
    ],
  },
  'zh-CN': {
    happy: ['客服回复很快，问题一次就解决了。', '非常好用，推荐给同事了。', '节省了很多时间，谢谢！'],
    neutral: ['基本能用，就是报表有点慢。', '还可以，价格稍微贵了一点。'],
    unhappy: [
      '同样的问题反复解释了三次。',
      '等了好几天都没有回复。',
      '同步总是失败，太影响工作了。',
      '发票一直没有处理好。',
    ],
  },
  'zh-TW': {
    happy: ['客服回覆很快，問題一次就解決了。', '很好用，會推薦給朋友。'],
    neutral: ['大致上可以，報表有點慢。'],
    unhappy: ['等了好幾天都沒有回覆。', '同樣的問題解釋了好幾次。', '同步一直失敗，很失望。'],
  },
};
