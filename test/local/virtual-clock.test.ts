import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type VirtualClock, virtualClock } from '#local/virtual-clock.ts';

const start = Date.parse('2026-09-01T08:00:00Z');

/** A server that answers nothing by itself: each call is handed to the test. */
async function silentServer(): Promise<{ url: string; call(): Promise<ServerResponse> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    call: async () => ((await once(server, 'request')) as [unknown, ServerResponse])[1],
  };
}

const manyTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((next) => setImmediate(next));
};

test('sleepers wake in order of their time, and in the order they fell asleep where it is the same', async () => {
  const clock = virtualClock(start);
  const woken: string[] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name} ${clock.now() - start}`);
  };
  await Promise.all([sleep('late', 60_000), sleep('first', 10), sleep('second', 10), sleep('at once', 0)]);
  expect(woken).toEqual(['at once 0', 'first 10', 'second 10', 'late 60000']);
});

test('a sleeper that was overtaken when the clock was set wakes at the time set', async () => {
  const clock = virtualClock(start);
  const asleep = clock.sleep(10);
  clock.advanceTo(start + 5_000);
  await asleep;
  expect(clock.now()).toBe(start + 5_000);
});

const withFetch = async (url: string) => (await fetch(url)).text();

const withNodesClient = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const outgoing = request(url, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve(text)).on('error', reject);
    });
    outgoing.on('error', reject).end();
  });

const inFlight: readonly [string, (url: string) => Promise<string>][] = [
  ['fetch', withFetch],
  ["Node's own client", withNodesClient],
];

/** What a sleeper of an hour and a call see of the time, in the order in which they see it. */
const seen = (clock: VirtualClock, call: Promise<string>): Promise<string[]> => {
  const log: string[] = [];
  const note = (what: string) => log.push(`${what} at ${clock.now() - start}`);
  const called = call.then(
    (text) => note(text.slice(0, 8)),
    () => note('failed'),
  );
  return Promise.all([called, clock.sleep(3_600_000).then(() => note('woken'))]).then(() => log);
};

test.each(inFlight)('time stands still while a call of %s is under way, its body included', async (_, call) => {
  const clock = virtualClock(start);
  const server = await silentServer();
  const arrival = server.call();
  const log = seen(clock, call(server.url));
  const response = await arrival;
  await manyTurns();
  expect(clock.now()).toBe(start);
  response.writeHead(200);
  response.write('answered'.repeat(50_000));
  await manyTurns();
  expect(clock.now()).toBe(start);
  response.end();
  expect(await log).toEqual(['answered at 0', 'woken at 3600000']);
});

test.each(inFlight)(
  'time goes on after a call of %s that fails, whether before its answer or within',
  async (_, call) => {
    for (const begun of [false, true]) {
      const clock = virtualClock(start);
      const server = await silentServer();
      const arrival = server.call();
      const log = seen(clock, call(server.url));
      const response = await arrival;
      if (begun) await new Promise<void>((sent) => response.writeHead(200).write('answered', () => sent()));
      response.destroy();
      expect(await log).toEqual(['failed at 0', 'woken at 3600000']);
    }
  },
);

test('time goes on after a call that its caller gave up', async () => {
  const clock = virtualClock(start);
  const server = await silentServer();
  const arrival = server.call();
  const caller = new AbortController();
  const log = seen(
    clock,
    fetch(server.url, { signal: caller.signal }).then((response) => response.text()),
  );
  await arrival;
  caller.abort();
  expect(await log).toEqual(['failed at 0', 'woken at 3600000']);
});

test('clocks of one process keep times of their own', async () => {
  const [here, there] = [virtualClock(start), virtualClock(start)];
  await Promise.all([here.sleep(10), there.sleep(5_000), here.sleep(20)]);
  expect([here.now() - start, there.now() - start]).toEqual([20, 5_000]);
});
