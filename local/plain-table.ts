const borders = ['top', 'bottom', 'left', 'right', 'mid'];
const joints = [
  'top-mid',
  'top-left',
  'top-right',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left-mid',
  'mid-mid',
  'right-mid',
];

/** Options of a terminal table without borders: columns are told apart by space, `right` ones hold numbers. */
export const plainTable = (head: string[], right: readonly string[] = []) => ({
  head,
  chars: { ...Object.fromEntries([...borders, ...joints].map((part) => [part, ''])), middle: '  ' },
  colAligns: head.map((name) => (right.includes(name) ? ('right' as const) : ('left' as const))),
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
});
