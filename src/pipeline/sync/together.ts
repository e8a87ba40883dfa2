/** What all of them came to. They have all ended before a failure is thrown: nothing goes on behind the next attempt. */
export async function together<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
