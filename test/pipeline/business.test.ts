import { afterEach, expect, test } from 'vitest';
import { parseWindow } from '#domain/metrics/window.ts';
import { withUsableHours } from '#pipeline/business.ts';
import { computeMetrics } from '#pipeline/compute-metrics.ts';
import { portalZone } from '#pipeline/connector.ts';
import { measurePortal } from '#pipeline/measure-portal.ts';
import type { ConnectorConfigInput } from '#platform/config.ts';
import { ConfigurationError } from '#platform/errors.ts';
import { readConfig } from '#platform/read-config.ts';
import { type Chain, startChain } from './chain.ts';
import { fewCustomers } from './few-customers.ts';

let chain: Chain | undefined;
afterEach(async () => {
  await chain?.close();
  chain = undefined;
});

type Hours = NonNullable<ConnectorConfigInput['businessHours']>;
const allDay: Hours['week'] = { monday: [['00:00', '24:00']], tuesday: [['00:00', '24:00']] };
const always: Hours['week'] = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, allDay.monday]),
);

test('times in business hours are measured once hours are configured, and again once they change', async () => {
  const { connector, asOf, run } = await startChain(fewCustomers()).then((started) => {
    chain = started;
    return started;
  });
  await run();
  const medians = async (businessHours?: Hours) => {
    const configured = { ...connector, config: { ...connector.config, ...readConfig({ businessHours }) } };
    const { buckets } = await computeMetrics(configured, { asOf });
    const window = parseWindow('all', { asOf, zone: await portalZone(connector.store) });
    const figures = await measurePortal(configured, { window, asOf });
    const of = (key: string) => figures.find((figure) => figure.key === key)?.measurement;
    return { buckets, around: of('time-to-resolution.median'), within: of('time-to-resolution-business.median') };
  };
  const without = await medians();
  expect(without.within).toMatchObject({ status: 'not_measured', because: 'no business hours are configured' });
  const full = await medians({ week: always });
  expect(full.buckets).toBeGreaterThan(0);
  expect(full.within).toEqual(full.around);
  const part = await medians({ week: allDay });
  expect(part.within).toMatchObject({ status: 'measured' });
  expect(part.within).not.toEqual(part.around);
});

test('hours that cannot be used are refused with every place to mend', () => {
  const wrong = readConfig({
    businessHours: {
      timeZone: 'Europe/Nowhere',
      week: { monday: [['09:00', '08:00']], friday: [['9', '17:00']] },
      holidays: ['2026-02-30'],
    },
  });
  const refused = () => withUsableHours(wrong);
  expect(refused).toThrow(ConfigurationError);
  for (const place of ['businessHours.timeZone', 'week.monday[0]', 'week.friday[0]', '2026-02-30'])
    expect(refused).toThrow(place);
  expect(withUsableHours(readConfig({}))).toEqual(readConfig({}));
});
