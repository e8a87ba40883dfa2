import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds, type RecordId } from '#domain/records/record.ts';
import type { IdRange } from '#pipeline/ports.ts';
import {
  allAfter,
  type Gap,
  type Gaps,
  leftIn,
  leftInAll,
  unread,
  withoutRange,
  withTotal,
} from '#pipeline/sync/gaps.ts';
import { nextRead, type ReadBy, type Reading } from '#pipeline/sync/next-read.ts';

/** What HubSpot answers: a page of rows, and where the next begins. */
interface Page {
  readonly ids: readonly RecordId[];
  readonly range: IdRange;
  readonly remaining: number;
}

type Rows = Readonly<Record<ReadBy, number>>;

function answerOf(all: readonly RecordId[], { by, from }: Reading, rows: Rows): Page {
  const upwards = all.filter((id) => from === null || compareIds(id, from) > 0 === (by === 'list'));
  const rest = by === 'list' ? upwards : upwards.reverse();
  const ids = rest.slice(0, rows[by]);
  const last = rest.length > ids.length ? (ids.at(-1) ?? null) : null;
  const range = by === 'list' ? { after: from, upTo: last } : { after: last && String(BigInt(last) - 1n), upTo: from };
  return { ids, range, remaining: rest.length - ids.length };
}

/** Reads all ids in several lanes; `pick` chooses which answer comes next. */
function readAll(all: readonly RecordId[], rows: Rows, lanes: readonly ReadBy[], pick: (among: number) => number) {
  let gaps: Gaps = allAfter(null, 0);
  const underWay: Reading[] = [];
  const told: RecordId[] = [];
  const committed: { range: IdRange; rows: readonly RecordId[] }[] = [];
  let calls = 0;
  while (gaps.length > 0) {
    for (const by of lanes) {
      if (underWay.filter((each) => each.by === by).length >= lanes.filter((each) => each === by).length) continue;
      const next = nextRead({ gaps, underWay, rows }, by);
      if (!next) continue;
      gaps = next.gaps;
      underWay.push(next.reading);
    }
    // With nothing under way nothing would ever come.
    expect(underWay.length).toBeGreaterThan(0);
    const [reading] = underWay.splice(pick(underWay.length), 1) as [Reading];
    const page = answerOf(all, reading, rows);
    calls += 1;
    const fresh = unread(gaps, page.ids);
    told.push(...fresh);
    gaps = withoutRange(gaps, page.range, fresh);
    if (reading.by === 'search' && page.range.after !== null) gaps = withTotal(gaps, page.range.after, page.remaining);
    committed.push({ range: page.range, rows: fresh });
  }
  return { told, calls, committed };
}

const sorted = (ids: readonly RecordId[]): RecordId[] => [...new Set(ids)].sort(compareIds);

/** Ids as portals have them: a few small ones, most in dense stretches near 5e11, empty stretches between. */
const portalIds = fc
  .array(
    fc.record({
      from: fc.oneof(fc.nat(1000), fc.nat(1e9), fc.integer({ min: 5e11, max: 5e11 + 1e6 }), fc.nat(9e15)),
      count: fc.integer({ min: 1, max: 60 }),
      step: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1e8 })),
    }),
    { maxLength: 6 },
  )
  .map((stretches) =>
    sorted(
      stretches.flatMap(({ from, count, step }) =>
        Array.from({ length: count }, (_, at) => String(1 + from + at * step)),
      ),
    ),
  );

const laneSets: readonly (readonly ReadBy[])[] = [
  ['search'],
  ['list', 'search'],
  ['list', 'list', 'list'],
  ['list', 'list', 'list', 'list', 'search', 'search'],
];

const cases = fc.record({
  all: portalIds,
  rows: fc.record({ list: fc.integer({ min: 1, max: 7 }), search: fc.integer({ min: 1, max: 9 }) }),
  lanes: fc.constantFrom(...laneSets),
  order: fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 }),
});

const inOrder = (order: readonly number[]) => {
  let turn = 0;
  return (among: number): number => (order[turn++ % order.length] as number) % among;
};

describe('reading ids in several lanes', () => {
  test('tells every id once, whatever the ids, the lanes, the pages and the order of the answers', () => {
    fc.assert(
      fc.property(cases, ({ all, rows, lanes, order }) => {
        const { told } = readAll(all, rows, lanes, inOrder(order));
        expect(told.toSorted(compareIds)).toEqual(all);
      }),
      { numRuns: 400 },
    );
  });

  test('leaves nothing open that was committed, and nothing closed that was not, in whatever order', () => {
    fc.assert(
      fc.property(cases, fc.nat(1000), ({ all, rows, lanes, order }, cut) => {
        const { committed } = readAll(all, rows, lanes, inOrder(order));
        const pages = committed.slice(0, cut % (committed.length + 1));
        const open = pages.reduce<Gaps>((gaps, page) => withoutRange(gaps, page.range, page.rows), allAfter(null, 0));
        const done = new Set(pages.flatMap((page) => page.rows));
        expect(unread(open, all)).toEqual(all.filter((id) => !done.has(id)));
      }),
      { numRuns: 200 },
    );
  });

  test('takes little more than full pages of ids that are spread as unevenly as in life', () => {
    const stretch = (from: number, count: number, step: number) =>
      Array.from({ length: count }, (_, at) => String(from + at * step));
    const all = sorted([
      ...stretch(1, 400, 50),
      ...stretch(5_000_000, 2_000, 900),
      ...stretch(400_000_000_000, 5_000, 3),
      ...stretch(520_000_000_000, 60_000, 40),
      ...stretch(523_000_000_000, 12_600, 11_000),
    ]);
    const rows = { list: 100, search: 200 };
    const { told, calls } = readAll(all, rows, [...Array(14).fill('list'), ...Array(4).fill('search')], (n) => n >> 1);
    expect(told).toHaveLength(80_000);
    // Answers come one by one here, so that lists and searches read as many pages: 150 rows a page on average.
    expect(calls / (80_000 / 150)).toBeLessThan(1.2);
  });
});

const gap = (after: string | null, upTo: string | null, of: Partial<Gap> = {}): Gap => ({
  after,
  upTo,
  beneath: 0,
  total: null,
  apart: { low: null, high: null },
  ...of,
});

describe('what is left', () => {
  test('is what a search counted, less what was read', () => {
    const gaps = [gap('10', '500', { beneath: 3, total: 103 }), gap('700', '900', { beneath: 40, total: 200 })];
    expect(leftIn(gaps)).toEqual([100, 57]);
    expect(leftInAll(gaps)).toBe(157);
  });

  test('is spread evenly where nothing was counted in between, and unknown above the last count', () => {
    const gaps = [gap(null, '500'), gap('500', '900', { beneath: 10, total: 110 }), gap('950', null, { beneath: 5 })];
    expect(leftIn(gaps)).toEqual([50, 50, null]);
    expect(leftInAll(gaps)).toBeNull();
  });
});

describe('the next page', () => {
  const rows = { list: 100, search: 200 };
  const half = gap('1000', '2000', { total: 1000 });
  const next = (whole: Gap, by: ReadBy, ...underWay: readonly Reading[]) =>
    nextRead({ gaps: [whole], underWay, rows }, by);

  test('is at the upper end for a search, at the lower one for a list', () => {
    expect(next(half, 'search')?.reading).toEqual({ by: 'search', from: '2000' });
    expect(next(half, 'list')?.reading).toEqual({ by: 'list', from: '1000' });
  });

  test('is in the midst of what another lane reads the same way', () => {
    const divided = next(half, 'list', { by: 'list', from: '1000' });
    expect(divided?.reading).toEqual({ by: 'list', from: '1500' });
    expect(divided?.gaps).toEqual([gap('1000', '1500'), gap('1500', '2000', { total: 1000 })]);
  });

  test.each([
    { apart: { low: 0.5, high: null }, from: '1250' },
    { apart: { low: null, high: 0.1 }, from: '1950' },
    { apart: { low: 40, high: 0.1 }, from: '1950' },
    { apart: { low: 40, high: 50 }, from: '1500' },
  ])('is where half of the records are if they go on as at an end: $apart', ({ apart, from }) => {
    expect(next({ ...half, apart }, 'list', { by: 'list', from: '1000' })?.reading).toEqual({ by: 'list', from });
  });

  test('is none where nobody has counted what there is to divide', () => {
    expect(next({ ...half, total: null }, 'list', { by: 'list', from: '1000' })).toBeNull();
  });

  test('is none where the page under way reads what is left', () => {
    const small = { ...half, total: 150 };
    expect(next(small, 'list', { by: 'search', from: '2000' })).toBeNull();
    expect(next(small, 'search', { by: 'list', from: '1000' })?.reading).toEqual({ by: 'search', from: '2000' });
  });
});
