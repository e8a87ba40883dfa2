import { onTestFinished } from 'vitest';
import type { Portal } from '#local/portals/portal.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#local/simulator/simulator.ts';
import { SettableClock } from './settable-clock.ts';
import { asOf } from './small-portal.ts';

/** A JSON answer with what a client can see of it. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared with what HubSpot was seen to send
  readonly body: any;
  readonly text: string;
}

/** A simulator that stops with its test, and plain ways to call it. */
export interface Running extends Simulator {
  readonly clock: SettableClock;
  get(path: string): Promise<Received>;
  post(path: string, body: unknown): Promise<Received>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Received>;
}

/** Starts a simulator for the test that runs. */
export async function running(portal: Portal, options: Partial<SimulatorOptions> = {}): Promise<Running> {
  const clock = new SettableClock(asOf);
  const simulator = await startSimulator({ portal, clock, ...options });
  onTestFinished(() => simulator.close());
  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(simulator.url + path, {
      method,
      headers: { authorization: `Bearer ${simulator.accessToken}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
  return Object.assign(simulator, {
    clock,
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown) => send('POST', path, body),
  });
}
