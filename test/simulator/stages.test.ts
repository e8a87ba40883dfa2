import { describe, expect, test } from 'vitest';
import { type Running, running } from './running.ts';
import { record, smallPortal } from './small-portal.ts';

const [created, closed, reopened, closedAgain] = [
  '2026-09-01T00:00:00.000Z',
  '2026-09-01T01:00:00.000Z',
  '2026-09-02T00:00:00.000Z',
  '2026-09-03T00:00:00.000Z',
] as const;
const hour = 3_600_000;

const dealStages = [
  { id: 'open', label: 'Open', metadata: { isClosed: 'false', probability: '0.4' } },
  { id: 'won', label: 'Won', metadata: { isClosed: 'true', probability: '1.0' } },
  { id: 'lost', label: 'Lost', metadata: { isClosed: 'true', probability: '0.0' } },
];

function portal() {
  const { definition, ...rest } = smallPortal({
    tickets: [record('1', { properties: { hs_pipeline: '0', hs_pipeline_stage: '4', hs_is_closed: 'true' } })],
    deals: [
      record('1', { properties: { pipeline: 'sales', dealstage: 'open' } }),
      record('2', {
        properties: { pipeline: 'sales', dealstage: 'won', hs_is_closed: 'true', hs_is_closed_won: 'true' },
      }),
    ],
  });
  const deals = [{ id: 'sales', label: 'Sales', stages: dealStages }];
  const settled = { id: '5', label: 'Settled', metadata: { ticketState: 'CLOSED', isClosed: 'true' } };
  const tickets = definition.pipelines.tickets.map((each) => ({ ...each, stages: [...each.stages, settled] }));
  return { ...rest, definition: { ...definition, pipelines: { tickets, deals } } };
}

const open = (hubspot: Running) =>
  hubspot.portal.create('tickets', { properties: { hs_pipeline: '0', hs_pipeline_stage: '1' } }, created).id;
const move = (hubspot: Running, id: string, stage: string, at: string) =>
  hubspot.portal.update('tickets', id, { hs_pipeline_stage: stage }, at).properties;

describe('a ticket', () => {
  test('has the date and time of its closing when it enters a closed stage', async () => {
    const hubspot = await running(portal());
    const id = open(hubspot);
    expect(hubspot.portal.records.tickets.get(id)?.properties).toMatchObject({ hs_v2_date_entered_1: created });
    expect(move(hubspot, id, '4', closed)).toMatchObject({
      hs_is_closed: 'true',
      closed_date: closed,
      hs_last_closed_date: closed,
      time_to_close: String(hour),
      hs_v2_date_entered_4: closed,
      hs_v2_date_exited_1: closed,
    });
  });

  test.each([
    [undefined, '', ''],
    ['keeps closing dates' as const, closed, String(hour)],
  ])('reopened in an account that %s, then closed again', async (reopening, closedDate, timeToClose) => {
    const hubspot = await running(portal(), reopening ? { reopening } : {});
    const id = open(hubspot);
    move(hubspot, id, '4', closed);
    expect(move(hubspot, id, '1', reopened)).toMatchObject({
      hs_is_closed: 'false',
      closed_date: closedDate,
      time_to_close: timeToClose,
      hs_last_closed_date: closed,
      hs_ticket_reopened_at: reopened,
    });
    expect(move(hubspot, id, '4', closedAgain)).toMatchObject({
      hs_is_closed: 'true',
      closed_date: closedAgain,
      hs_last_closed_date: closedAgain,
      time_to_close: String(48 * hour),
    });
  });

  test('keeps its closing date when it moves from one closed stage to another', async () => {
    const hubspot = await running(portal());
    const id = open(hubspot);
    move(hubspot, id, '4', closed);
    expect(move(hubspot, id, '5', reopened)).toMatchObject({ closed_date: closed, hs_v2_date_entered_5: reopened });
  });

  test('keeps what the change of stage states itself, and a change without a stage has no such effects', async () => {
    const hubspot = await running(portal());
    const id = open(hubspot);
    const stated = { hs_pipeline_stage: '4', closed_date: created };
    expect(hubspot.portal.update('tickets', id, stated, closed).properties).toMatchObject({ closed_date: created });
    const before = hubspot.portal.records.tickets.get('1')?.properties;
    hubspot.portal.update('tickets', '1', { hs_pipeline_stage: '4', subject: 'x' }, closed);
    expect(hubspot.portal.records.tickets.get('1')?.properties).toEqual({ ...before, subject: 'x' });
  });

  test('closed by an app is closed as if by a person', async () => {
    const hubspot = await running(portal());
    const id = open(hubspot);
    hubspot.clock.set(closed);
    await hubspot.send('PATCH', `/crm/objects/2026-09/tickets/${id}`, { properties: { hs_pipeline_stage: '4' } });
    expect(hubspot.portal.records.tickets.get(id)?.properties).toMatchObject({ closed_date: closed });
  });
});

test.each([
  [
    'won',
    { hs_is_closed: 'true', hs_is_closed_won: 'true', hs_is_closed_lost: 'false', hs_deal_stage_probability: '1.0' },
  ],
  [
    'lost',
    { hs_is_closed: 'true', hs_is_closed_won: 'false', hs_is_closed_lost: 'true', hs_deal_stage_probability: '0.0' },
  ],
])('a deal that is %s says so', async (dealstage, values) => {
  const hubspot = await running(portal());
  expect(hubspot.portal.update('deals', '1', { dealstage }, closed).properties).toMatchObject(values);
});

describe('a stage that means something else', () => {
  const place = { type: 'deals', pipeline: 'sales', stage: 'won' } as const;
  const before = '2026-06-01T00:00:00.000Z';
  test.each([
    [{}, before, before],
    [{ touch: true }, closed, closed],
  ])('recalculates the deals in it, with %o', async (option, ofOthers, ofThose) => {
    const hubspot = await running(portal());
    hubspot.portal.changeStage(place, { isClosed: 'false', probability: '0.9' }, closed, option);
    const { body } = await hubspot.get('/crm/objects/2026-09/deals?properties=hs_is_closed,hs_is_closed_won');
    expect(body.results).toMatchObject([
      { updatedAt: ofOthers, properties: { hs_is_closed: null } },
      { updatedAt: ofThose, properties: { hs_is_closed: 'false', hs_is_closed_won: 'false' } },
    ]);
    const stages = await hubspot.get('/crm/pipelines/2026-09/deals/sales/stages');
    expect(stages.body.results[1]).toMatchObject({ id: 'won', metadata: { isClosed: 'false', probability: '0.9' } });
    expect((await running(hubspot.snapshot())).portal.pipelines('deals')).toEqual(hubspot.portal.pipelines('deals'));
  });
});
