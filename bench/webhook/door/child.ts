/** The door of the connector and HubSpot's sender before it, away from everybody else's work: as they are deployed. */
import { agendaOn } from '#local/simulator/webhooks/agenda.ts';
import { post } from '#local/simulator/webhooks/post.ts';
import { openEndpoint } from '#local/webhooks/webhook-endpoint.ts';
import { type RealTime, realTimeFrom } from '../real-time.ts';
import type { Ask, Say } from './messages.ts';

const say = (said: Say): boolean | undefined => process.send?.(said);

/** An open door. */
interface Open {
  readonly url: string;
  readonly clock: RealTime;
  readonly clientSecret: string;
}

async function open({ now, clientSecret }: Extract<Ask, { do: 'open' }>): Promise<Open> {
  const clock = realTimeFrom(now);
  const { url } = await openEndpoint({
    clock,
    secrets: [clientSecret],
    enqueue: (message) => void say({ said: 'queued', message }),
  });
  say({ said: 'open', url });
  return { url, clock, clientSecret };
}

const neverClosing = new AbortController().signal;

async function send({ url, clock, clientSecret }: Open, { id, body, timeoutMs }: Extract<Ask, { do: 'post' }>) {
  const began = performance.now();
  const sending = { clock, agenda: agendaOn(clock), timeoutMs, clientSecret, closing: neverClosing };
  const isTaken = await post({ url }, body, sending);
  say({ said: 'posted', id, isTaken, ms: performance.now() - began });
}

let opened: Promise<Open> | undefined;
process.on('message', async (ask: Ask) => {
  if (ask.do === 'open') opened = open(ask);
  else if (opened) await send(await opened, ask);
});
process.on('disconnect', () => process.exit());
