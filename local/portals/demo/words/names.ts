/** Given and family names to combine, with a spelling for e-mail addresses. Nobody in particular. */
import type { Locale } from '../customer.ts';

/** As shown, and as an address spells it. */
type Name = readonly [shown: string, spelled: string];
interface Names {
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

const plain = (words: string): Name[] => words.split(' ').map((word) => [word, word.toLowerCase()]);
const spelled = (words: string): Name[] => words.split(' ').map((pair) => pair.split('/') as unknown as Name);

/** Names by language. */
export const names: Readonly<Record<Locale, Names>> = {
  en: {
    given: plain(
      'Ada Bela Cora Dario Edda Finn Greta Hugo Ines Jona Kira Lars Mona Nils Orla Pavel Quinn Rosa Sven Tilda Uma Viggo Wanda Yara Zeno',
    ),
    family: plain(
      'Alder Birch Carver Dunmore Ellery Fenwick Garrick Holloway Ivers Jessop Kettle Lorne Marsh Norwood Osier Penrose Quill Rowan Sable Thorne Underhill Vale Wick Yarrow Zeller',
    ),
  },
  'zh-CN': {
    given: spelled(
      '晓明/xiaoming 雨桐/yutong 思远/siyuan 佳怡/jiayi 子涵/zihan 文静/wenjing 志强/zhiqiang 梦洁/mengjie 浩然/haoran 欣妍/xinyan 建华/jianhua 若曦/ruoxi',
    ),
    family: spelled('王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 赵/zhao 周/zhou 吴/wu 徐/xu 孙/sun 马/ma'),
  },
  'zh-TW': {
    given: spelled(
      '怡君/yijun 志豪/chihhao 雅婷/yating 冠宇/kuanyu 淑芬/shufen 家豪/chiahao 佩珊/peishan 宗翰/tsunghan',
    ),
    family: spelled('林/lin 黃/huang 蔡/tsai 許/hsu 鄭/cheng 謝/hsieh 郭/kuo 賴/lai'),
  },
};
