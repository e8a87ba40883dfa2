import { expect, test } from 'vitest';
import { StoreBusyError } from '#platform/errors.ts';
import { dynamoLeaseBook } from '#store/leases.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('leases', (_, table) => {
  test('are null until somebody writes one', async () => {
    expect(await dynamoLeaseBook(table()).readLease('search')).toBeNull();
  });

  test('are read as they were written, one beside the other', async () => {
    const book = dynamoLeaseBook(table());
    await book.swapLease('search', null, { next: 1_788_249_600_206.4, met: null, names: ['ü', '検索'] });
    await book.swapLease('burst', null, { next: 2 });
    expect(await book.readLease('search')).toMatchObject({
      value: { next: 1_788_249_600_206.4, met: null, names: ['ü', '検索'] },
    });
    expect((await book.readLease('burst'))?.value).toEqual({ next: 2 });
  });

  test('go to the first of those who saw the same version, and every version is another one', async () => {
    const [one, other] = [dynamoLeaseBook(table()), dynamoLeaseBook(table())];
    expect(await one.swapLease('search', null, { by: 'one' })).toEqual(await other.readLease('search'));
    expect(await other.swapLease('search', null, { by: 'other' })).toBeNull();
    const seen = await other.readLease('search');
    expect(await one.swapLease('search', seen, { by: 'one again' })).toMatchObject({ value: { by: 'one again' } });
    expect(await other.swapLease('search', seen, { by: 'other' })).toBeNull();
    expect((await other.readLease('search'))?.value).toEqual({ by: 'one again' });
  });

  test('written back as they were are another version all the same', async () => {
    const book = dynamoLeaseBook(table());
    await book.swapLease('search', null, { next: 1 });
    const seen = await book.readLease('search');
    await book.swapLease('search', seen, { next: 1 });
    expect(await book.swapLease('search', seen, { next: 2 })).toBeNull();
  });

  test('wanted by many at once go to each of them once, none twice', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const book = dynamoLeaseBook(table());
        for (;;) {
          const lease = await book.readLease<{ next: number }>('search');
          const next = lease?.value.next ?? 0;
          if (await book.swapLease('search', lease, { next: next + 1 })) return next;
        }
      }),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('in a table that is not there are an error that passes, with its cause', async () => {
    const book = dynamoLeaseBook({ ...table(), tableName: 'another' });
    const error = await book.readLease('search').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreBusyError);
    expect(error).toMatchObject({ retryable: true, cause: expect.any(Error) });
    await expect(book.swapLease('search', null, {})).rejects.toBeInstanceOf(StoreBusyError);
  });
});
