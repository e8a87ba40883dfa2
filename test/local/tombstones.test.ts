import { describe, expect, it } from 'vitest';
import { printTombstones, readTombstones } from '#local/tombstones.ts';
import type { Departure } from '#pipeline/ports.ts';

const departures: readonly Departure[] = [
  { kind: 'contact', id: '101', at: 1_700_000_000_000, why: 'erased' },
  { kind: 'company', id: '9007199254740993123', at: 1_700_000_000_001, why: 'merged', into: '9007199254740993125' },
  { kind: 'ticket', id: '7', at: 0, why: 'archived' },
];
const text = printTombstones(departures, '42', 1_700_000_000_002);
const read = (of: string) => readTombstones(of, { file: 'café.jsonl', portalId: '42' });

describe('a file of tombstones', () => {
  it('says the same when it is read as when it was written, ids beyond 2^53 included', () => {
    expect(read(text)).toEqual(departures);
    expect(read(printTombstones([], '42', 0))).toEqual([]);
  });

  it.each([
    ['a line that is cut short', `${text}{"kind":"contact","id":"1`, ['café.jsonl, line 5: not JSON']],
    ['an empty line', text.replace('\n', '\n\n'), ['café.jsonl, line 2: not JSON']],
    ['an id that is none', text.replace('"101"', '"Zoë"'), ['café.jsonl, line 2: id: a record id: 1 to 24 digits']],
    ['an id as a number', text.replace('"id":"7"', '"id":7'), [/line 4: id: /]],
    ['a field too many', text.replace('"why":"erased"', '"why":"erased","name":"Zoë"'), [/line 2: .*name/]],
    ['an unknown kind', text.replace('"ticket"', '"person"'), [/line 4: kind: /]],
    ['a merge into nothing', text.replace(/,"into":"\d+"/, ''), [/line 3: into: /]],
    ['an unknown reason', text.replace('"archived"', '"lost"'), [/line 4: why: /]],
    ['a day for a moment', text.replace('"1970-01-01T00:00:00.000Z"', '"1970-01-01"'), [/line 4: at: /]],
    [
      'fewer lines than announced',
      text.split('\n').slice(0, 3).join('\n'),
      ['café.jsonl: 3 tombstones are announced, 2 lines follow'],
    ],
    [
      'the tombstones of another portal',
      text.replace('"42"', '"7"'),
      ['café.jsonl, line 1: these are the tombstones of portal 7, not of 42'],
    ],
    ['no heading', text.split('\n').slice(1).join('\n'), [/line 1: /]],
    ['nothing in it', '', ['café.jsonl, line 1: not JSON']],
  ])('is refused whole for %s, with the line', (_, spoiled, says) => {
    expect(() => read(spoiled)).toThrow(
      expect.objectContaining({
        name: 'PayloadError',
        remedy: expect.stringContaining('Nothing was replayed'),
        message: expect.toSatisfy((message: string) =>
          says.every((each) => (typeof each === 'string' ? message.split('\n').includes(each) : each.test(message))),
        ),
      }),
    );
  });

  it('is told of by its first ten wrong lines', () => {
    const wrong = Array.from({ length: 12 }, () => 'no\n').join('');
    expect(() => read(text + wrong)).toThrow(/line 14: not JSON\nand 3 more$/);
  });
});
