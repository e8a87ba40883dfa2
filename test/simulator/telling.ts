import { onTestFinished } from 'vitest';
import { type ObjectType, objectTypes } from '#local/portals/portal.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { subscriptionsTo, type WatchedProperties } from '#local/simulator/webhooks/subscriptions.ts';
import type { WebhookOptions } from '#local/simulator/webhooks/webhooks.ts';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { asOf, record, smallPortal } from './small-portal.ts';

/** An id as large portals have them: no double holds it exactly. */
export const bigId = '9007199254740993';
export const start = Date.parse(asOf);
export const clientSecret = 'f6e94c08-85d0-4608-bcc6-e1850176e7b8';
export const everything = Object.fromEntries(objectTypes.map((type) => [type, 'all'])) as WatchedProperties;

/** A simulator whose app is told of everything, on a virtual clock, and the endpoint that is told. */
export interface Telling {
  readonly hubspot: Simulator;
  readonly clock: VirtualClock;
  readonly told: Endpoint;
  /** Sends a call of the app's own. */
  call(method: string, path: string, body?: unknown): Promise<number>;
}

const portal = () =>
  smallPortal({
    contacts: [
      record('11', { properties: { email: 'ann@x.org', phone: '555' } }),
      record('12', { properties: { lastname: 'B', phone: '', firstname: 'Ben', cx_day: '2026-08-01' } }),
      record(bigId),
    ],
    companies: [record('77'), record('78')],
    tickets: [record('5', { properties: { hs_pipeline: '0', hs_pipeline_stage: '1' } })],
    deals: [record('3')],
    feedback_submissions: [record('41', { properties: { hs_contact_id: '11' } })],
    calls: [record('51')],
    subscriptions: [record('61')],
  });

export async function telling(
  webhooks: Partial<WebhookOptions> = {},
  options: Partial<SimulatorOptions> = {},
): Promise<Telling> {
  const clock = virtualClock(start);
  const told = await endpoint(clock);
  const hubspot = await startSimulator({
    portal: portal(),
    clock,
    appId: '555',
    webhooks: {
      clientSecret,
      subscriptions: subscriptionsTo(everything),
      target: { url: told.url },
      sharedEventIds: 0,
      ...webhooks,
    },
    ...options,
  });
  onTestFinished(() => hubspot.close());
  return {
    hubspot,
    clock,
    told,
    call: async (method, path, body) => {
      const headers = { authorization: `Bearer ${hubspot.accessToken}` };
      const response = await fetch(hubspot.url + path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      await response.text();
      return response.status;
    },
  };
}

/** Changes the phone number of a contact many times, each time to another one. */
export function changeOften({ hubspot }: Telling, times: number, type: ObjectType = 'contacts', id = '11'): void {
  for (let nth = 1; nth <= times; nth += 1) hubspot.portal.update(type, id, { phone: `+1 ${nth}` }, asOf);
}
