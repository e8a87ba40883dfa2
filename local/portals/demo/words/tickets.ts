/** What customers write to support about, by theme; the wording hangs from the theme, never from the customer's fate. */
import type { Locale } from '../customer.ts';

/** HubSpot's ticket category, how common the theme is, and texts as [subject, content]. */
export interface TicketTheme {
  readonly category: 'PRODUCT_ISSUE' | 'BILLING_ISSUE' | 'FEATURE_REQUEST' | 'GENERAL_INQUIRY';
  readonly weight: number;
  readonly texts: Readonly<Record<Locale, readonly (readonly [subject: string, content: string])[]>>;
}

/** Themes by name. `onboarding` is asked in the first weeks only; `sync` is the theme of the planted fault. */
export const ticketThemes = {
  sync: {
    category: 'PRODUCT_ISSUE',
    weight: 3,
    texts: {
      en: [
        ['Sync stops halfway', 'Since the last update the sync stops at about half of our records and shows no error.'],
        [
          'Records missing after sync',
          'We synced this morning and some records did not arrive. Please check the sync.',
        ],
        ['Sync keeps failing', 'The sync failed three times today. Restarting it does not help.'],
      ],
      'zh-CN': [
        ['同步失败', '更新之后同步总是中断，数据只传了一半，没有任何提示。'],
        ['同步后数据缺失', '今天早上同步完成，但是有些记录没有过来，请帮忙检查。'],
      ],
      'zh-TW': [['同步失敗', '更新之後同步一直中斷，資料只傳了一半，沒有任何提示。']],
    },
  },
  login: {
    category: 'PRODUCT_ISSUE',
    weight: 3,
    texts: {
      en: [
        ['Cannot log in', 'The login page says my password is wrong although I just reset it.'],
        ['Reset link does not arrive', 'I asked for a password reset link twice and no e-mail came.'],
      ],
      'zh-CN': [
        ['无法登录', '刚刚重置了密码，登录页面还是提示密码错误。'],
        ['收不到重置邮件', '申请了两次重置密码，一直没有收到邮件。'],
      ],
      'zh-TW': [['無法登入', '剛剛重設了密碼，登入頁面還是顯示密碼錯誤。']],
    },
  },
  slow: {
    category: 'PRODUCT_ISSUE',
    weight: 2,
    texts: {
      en: [
        ['Reports are very slow', 'Opening the monthly report takes more than a minute.'],
        ['Page does not load', 'The overview page keeps loading and never shows anything.'],
      ],
      'zh-CN': [['报表打开很慢', '打开月度报表要等一分多钟，影响工作。']],
      'zh-TW': [['報表開啟很慢', '打開月報表要等一分多鐘，影響工作。']],
    },
  },
  invoice: {
    category: 'BILLING_ISSUE',
    weight: 3,
    texts: {
      en: [
        ['Charged twice', 'Our card was charged twice this month. Please refund one of the payments.'],
        ['Wrong address on invoice', 'The invoice still shows our old address. We need a corrected invoice.'],
      ],
      'zh-CN': [
        ['重复扣款', '这个月信用卡被扣了两次费用，请退回其中一笔。'],
        ['发票抬头错误', '发票上还是旧的公司名称，请重新开具发票。'],
      ],
      'zh-TW': [['重複扣款', '這個月信用卡被扣了兩次費用，請退回其中一筆。']],
    },
  },
  feature: {
    category: 'FEATURE_REQUEST',
    weight: 2,
    texts: {
      en: [
        ['Export to spreadsheet', 'It would help us to export the overview as a spreadsheet.'],
        ['Dark mode', 'Is a dark mode planned? Our team works in the evening.'],
      ],
      'zh-CN': [['希望支持导出表格', '希望总览页面可以导出成表格，方便汇报。']],
      'zh-TW': [['希望支援匯出表格', '希望總覽頁面可以匯出成表格，方便報告。']],
    },
  },
  howto: {
    category: 'GENERAL_INQUIRY',
    weight: 4,
    texts: {
      en: [
        ['How do I add a colleague?', 'Where can I add another user to our account?'],
        ['Change the notification time', 'How can I change when the daily notification is sent?'],
      ],
      'zh-CN': [
        ['怎么添加同事', '请问在哪里可以给账号添加新用户？'],
        ['怎样修改通知时间', '每天的通知时间在哪里修改？'],
      ],
      'zh-TW': [['怎麼新增同事', '請問在哪裡可以新增使用者？']],
    },
  },
  onboarding: {
    category: 'GENERAL_INQUIRY',
    weight: 4,
    texts: {
      en: [
        ['Help with first import', 'We are setting up and the first import asks for a file format we do not know.'],
        ['Setup question', 'Which step comes after connecting the account? The guide does not say.'],
      ],
      'zh-CN': [['首次导入求助', '我们刚开始使用，第一次导入不知道用什么文件格式。']],
      'zh-TW': [['首次匯入求助', '我們剛開始使用，第一次匯入不知道要用什麼檔案格式。']],
    },
  },
} as const satisfies Readonly<Record<string, TicketTheme>>;

export type ThemeName = keyof typeof ticketThemes;
