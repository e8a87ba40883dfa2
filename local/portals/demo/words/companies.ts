/** Parts of invented company names. */
import type { Locale } from '../customer.ts';

interface CompanyWords {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** Company name parts by language; they are joined by a space, or by nothing in Chinese. */
export const companyWords: Readonly<Record<Locale, CompanyWords>> = {
  en: {
    first:
      'Amberfold Brookline Cinderway Driftmoor Elmstone Fallowgate Glasswing Harrowdale Inkwell Juniperly Kestrelby Lanternhill Mossbank Northreed Oakhollow Pebblecroft'.split(
        ' ',
      ),
    second: 'Tools|Foods|Logistics|Labs|Textiles|Clinics|Energy|Gardens|Press|Robotics|Travel|Ceramics'.split('|'),
  },
  'zh-CN': {
    first: '青禾 云帆 晨曦 远山 百川 星野 明湖 松果'.split(' '),
    second: '科技有限公司 物流有限公司 食品有限公司 医疗器械有限公司 教育咨询有限公司'.split(' '),
  },
  'zh-TW': {
    first: '藍海 綠野 晴川 旭日 禾風'.split(' '),
    second: '資訊股份有限公司 貿易股份有限公司 設計有限公司'.split(' '),
  },
};

/** HubSpot's industry values, a few of them. */
export const industries = [
  'COMPUTER_SOFTWARE',
  'FOOD_PRODUCTION',
  'LOGISTICS_AND_SUPPLY_CHAIN',
  'HOSPITAL_HEALTH_CARE',
  'TEXTILES',
  'EDUCATION_MANAGEMENT',
  'RETAIL',
] as const;
