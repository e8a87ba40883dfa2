import type { Store } from './ports.ts';

const held = 'writing held';

/** Whether writes are held back since an undo. */
export const isWritingHeld = async (store: Store): Promise<boolean> => (await store.readState<boolean>(held)) ?? false;

/** Holds writes back, so that what was undone stays undone until a person decides otherwise. */
export const holdWriting = (store: Store): Promise<void> => store.saveState(held, true);

/** Lets writes go on, and has everybody scored, so that what was undone is written again. */
export async function releaseWriting(store: Store): Promise<void> {
  if (!(await isWritingHeld(store))) return;
  await store.markCustomers('all');
  await store.saveState(held, false);
}
