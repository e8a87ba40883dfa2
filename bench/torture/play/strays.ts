import { signatureHeaders } from '#local/simulator/webhooks/signature.ts';
import type { Stray } from '../plan/plan.ts';

/** What a request is made up from. */
interface Claim {
  readonly url: string;
  /** The client secret that counts now. */
  readonly clientSecret: string;
  readonly now: number;
  readonly portalId: number;
  /** A contact that is there. */
  readonly contact: string;
}

interface Request {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Longer ago than a signature is believed. */
const longAgoMs = 6 * 60_000;

/** An event that would show in the mirror, if anybody believed it. */
const lie = ({ portalId, now, contact }: Claim): string =>
  JSON.stringify([
    {
      eventId: 1,
      subscriptionId: 1,
      portalId,
      appId: 1000001,
      occurredAt: now,
      subscriptionType: 'contact.propertyChange',
      attemptNumber: 0,
      objectId: 'id',
      propertyName: 'firstname',
      propertyValue: 'a lie',
      changeSource: 'CRM_UI',
    },
  ]).replace('"id"', contact);

const signed = ({ url, clientSecret, now }: Claim, body: string): Request => ({
  body,
  headers: signatureHeaders({ url, body, timestamp: now, clientSecret }),
});

const requests: Readonly<Record<Stray['what'], (claim: Claim) => Request>> = {
  forged: (claim) => signed({ ...claim, clientSecret: 'a guess' }, lie(claim)),
  altered: (claim) => ({ ...signed(claim, '[]'), body: lie(claim) }),
  outdated: (claim) => signed({ ...claim, now: claim.now - longAgoMs }, lie(claim)),
  unsigned: (claim) => ({ body: lie(claim), headers: {} }),
  'no JSON': (claim) => signed(claim, lie(claim).slice(0, -2)),
  'no event': (claim) => signed(claim, '[{"subscriptionType":"contact.creation"}]'),
  'of another portal': (claim) => signed(claim, lie({ ...claim, portalId: claim.portalId + 1 })),
};

/** Who is told to go away; the others are HubSpot's own words, however little they say. */
export const refused: readonly Stray['what'][] = ['forged', 'altered', 'outdated', 'unsigned'];

/** Sends it; answers the status. */
export async function stray(what: Stray['what'], claim: Claim): Promise<number> {
  const { body, headers } = requests[what](claim);
  const response = await fetch(claim.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
