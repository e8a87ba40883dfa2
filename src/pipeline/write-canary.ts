import { HubSpotRefusedError } from '#platform/errors.ts';
import type { CustomerKind, RefusedWrite, Store } from './ports.ts';

/** A first write of which more than this share is refused stops at the canary … */
const tolerableShare = 0.2;
/** … and of fewer records than this, one in which every one is: a single bad record says nothing about the others. */
const enoughToJudge = 10;

const stateName = (kind: CustomerKind): string => `canary passed#${kind}`;

/** Whether a write of this kind has ever succeeded in this portal. */
export const hasPassed = async (store: Store, kind: CustomerKind): Promise<boolean> =>
  (await store.readState<boolean>(stateName(kind))) ?? false;

/** Judges a first write by what became of it. @throws HubSpotRefusedError when it was mostly refused. */
export async function judgeCanary(
  store: Store,
  kind: CustomerKind,
  { written, refused }: { readonly written: number; readonly refused: readonly RefusedWrite[] },
): Promise<void> {
  if (await hasPassed(store, kind)) return;
  const sent = written + refused.length;
  const [worst] = refused;
  const tolerable = sent >= enoughToJudge ? sent * tolerableShare : Math.max(1, sent - 1);
  if (worst && refused.length > tolerable)
    throw new HubSpotRefusedError(
      `${refused.length} of the first ${sent} ${kind} records were refused, so nothing else was sent: ${worst.because}`,
      worst.remedy,
      { status: 400, category: worst.code },
    );
  if (written > 0) await store.saveState(stateName(kind), true);
}
