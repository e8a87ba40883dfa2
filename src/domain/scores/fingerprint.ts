/** Values that survive JSON. */
type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** MurmurHash3, x86, 32 bit: one block. Source: https://github.com/aappleby/smhasher (public domain) */
const mixed = (hash: number, word: number): number => {
  const block = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ block, 13), 5) + 0xe6546b64) | 0;
};

/** MurmurHash3: the last mixing. */
function finished(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Two hashes of the same words from different seeds. */
interface Hashes {
  a: number;
  b: number;
}

function addWord(hashes: Hashes, word: number): void {
  hashes.a = mixed(hashes.a, word);
  hashes.b = mixed(hashes.b, word);
}

const scratch = new DataView(new ArrayBuffer(8));

function addNumber(hashes: Hashes, value: number): void {
  // Adding 0 makes −0 and 0 the same number.
  scratch.setFloat64(0, value + 0);
  addWord(hashes, scratch.getUint32(0));
  addWord(hashes, scratch.getUint32(4));
}

function addText(hashes: Hashes, text: string): void {
  addWord(hashes, text.length);
  for (let index = 0; index < text.length; index++) addWord(hashes, text.charCodeAt(index));
}

/** Each kind of value begins with a word of its own, so that `1` and `'1'`, or `[]` and `null`, differ. */
function add(hashes: Hashes, value: Plain): void {
  if (typeof value === 'number') {
    addWord(hashes, 1);
    addNumber(hashes, value);
  } else if (typeof value === 'string') {
    addWord(hashes, 2);
    addText(hashes, value);
  } else if (value === null || typeof value !== 'object') {
    addWord(hashes, value === true ? 3 : value === false ? 4 : 5);
  } else if (Array.isArray(value)) {
    addWord(hashes, 6);
    addWord(hashes, value.length);
    for (const item of value) add(hashes, item);
  } else {
    const fields = value as { readonly [key: string]: Plain };
    const keys = Object.keys(fields).sort();
    addWord(hashes, 7);
    addWord(hashes, keys.length);
    for (const key of keys) {
      addText(hashes, key);
      add(hashes, fields[key]);
    }
  }
}

/** 16 hexadecimal digits that change when the inputs do; the order of an object's keys does not matter. */
export function fingerprintOf(inputs: unknown): string {
  const hashes: Hashes = { a: 0, b: 0x9747b28c };
  add(hashes, inputs as Plain);
  return [hashes.a, hashes.b].map((half) => finished(half).toString(16).padStart(8, '0')).join('');
}
