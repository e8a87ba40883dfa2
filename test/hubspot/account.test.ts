import { expect, test } from 'vitest';
import { connected } from './connecting.ts';
import { faultyServer, json } from './faulty-server.ts';
import { tickClock } from './tick-clock.ts';

const account = (timeZone: string) => json(200, { portalId: 4242, timeZone, companyCurrency: 'EUR' });

test('the account is asked for once a day: a time zone that an administrator chose is noticed by a process that stays up', async () => {
  const server = await faultyServer([account('Asia/Hong_Kong'), account('America/New_York')]);
  const clock = tickClock();
  const crm = connected(server.url, { clock });
  for (let hours = 0; hours < 24; hours += 8) {
    expect(await crm.account()).toEqual({ portalId: '4242', timeZone: 'Asia/Hong_Kong', currency: 'EUR' });
    await clock.sleep(8 * 3_600_000);
  }
  expect(server.seen).toHaveLength(1);
  expect(await crm.account()).toMatchObject({ timeZone: 'America/New_York' });
  expect(server.seen).toHaveLength(2);
});
