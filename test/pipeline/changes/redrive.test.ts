import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attempts } from '#hubspot/retries.ts';
import { messageOf } from '#hubspot/webhook/message.ts';
import type { FaultEntry } from '#local/simulator/faults/fault-plan.ts';
import { queuedReader } from '#local/webhooks/queued-reader.ts';
import { deadLetter, unreadable } from '#pipeline/changes/dead-letter.ts';
import { isChosen, type LetterChoice, type Redriven, redrive } from '#pipeline/changes/redrive.ts';
import type { Change, DeadLetter } from '#pipeline/ports.ts';
import { startChain } from '../chain.ts';
import { fewCustomers } from '../few-customers.ts';
import { startWebhookChain, type WebhookChain } from './webhook-chain.ts';

let chain: WebhookChain;
const open: WebhookChain[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const start = async (...entries: FaultEntry[]): Promise<void> => {
  chain = await startWebhookChain({ faults: { entries } });
  open.push(chain);
};

/** What befalls reads of records by id; of a deal, the id. */
const failing = (id: string, fault: FaultEntry['fault']): FaultEntry => ({
  fault,
  on: { path: '/crm/objects/', kind: 'read', body: `"${id}"` },
  times: 100_000,
});

const again = (choice: LetterChoice = {}): Promise<Redriven[]> =>
  redrive({ ...chain.connector, holder: 'a redrive' }, choice, queuedReader(chain.connector.config));
const outcomes = (redriven: readonly Redriven[]): string[] =>
  redriven.map(({ letter: { kind, id }, outcome }) => `${kind ?? '?'} ${id ?? '?'} ${outcome}`);

const lose = (...ids: string[]): Promise<number> =>
  chain.heard((portal) => {
    for (const id of ids) portal.update('deals', id, { dealstage: 'closedlost' }, chain.now());
  });
/** The same, which no webhook told in time: what told it was given up. */
async function loseUntold(...ids: string[]): Promise<void> {
  for (const id of ids) {
    const deal = chain.simulator.portal.records.deals.get(id);
    const edit = () => chain.simulator.portal.update('deals', id, { dealstage: 'closedlost' }, chain.now());
    if (deal) chain.simulator.webhooks.silently(edit);
    await hold(deadLetter(stageOf(id), new Error('once'), chain.clock.now()));
  }
}
const wonDeals = async (): Promise<string[]> =>
  [...(await chain.connector.store.readRecords('deal', ['701', '702'])).values()].flatMap(({ id, fields }) =>
    'isWon' in fields && fields.isWon ? [id] : [],
  );

const subject = (said: object = {}) => ({
  subscriptionType: 'ticket.propertyChange',
  portalId: chain.simulator.portal.definition.account.portalId,
  occurredAt: chain.clock.now(),
  objectId: 501,
  propertyName: 'subject',
  propertyValue: 'Told late',
  ...said,
});
const subjectKept = async (): Promise<unknown> =>
  (await chain.connector.store.readRecords('ticket', ['501'])).get('501')?.fields;
const hold = (letter: DeadLetter): Promise<void> => chain.connector.store.saveDeadLetters([letter]);
const asRaw = (raw: string): DeadLetter => unreadable({ raw, because: 'nobody could read it' }, chain.clock.now());

describe('dead letters that are redriven', () => {
  test('are applied and dropped once the cause is mended', async () => {
    await start(failing('701', '401'));
    await lose('701');
    expect([await chain.dead(), await wonDeals()]).toEqual([['deal 701'], ['701', '702']]);
    chain.simulator.calm();
    expect(new Set(outcomes(await again()))).toEqual(new Set(['deal 701 applied']));
    expect([await chain.letters(), await wonDeals()]).toEqual([[], ['702']]);
    expect(await again()).toEqual([]);
  });

  test('stay since when they were given up, with the reason of today, and hold no other one up', async () => {
    await start(failing('701', '401'));
    const givenUpAt = chain.clock.now();
    await loseUntold('701', '702');
    await chain.clock.sleep(3_600_000);
    expect(outcomes(await again())).toEqual(['deal 701 dead', 'deal 702 applied']);
    expect(await wonDeals()).toEqual(['701']);
    expect(await chain.letters()).toMatchObject([
      { id: '701', at: givenUpAt, error: 'HubSpotRefusedError', because: expect.stringContaining('token') },
    ]);
  });

  test('are not tried on and on while HubSpot is away: after three records the rest is left as it was', async () => {
    await start({ fault: '503', on: { path: '/crm/objects/', kind: 'read' }, times: 100_000 });
    await loseUntold('701', '702', '703', '704', '705');
    const before = chain.simulator.calls.read;
    expect(new Set(outcomes(await again()).map((each) => each.split(' ')[2]))).toEqual(new Set(['dead']));
    expect(chain.simulator.calls.read - before).toBe(4 * attempts);
    const errors = (await chain.letters()).map(({ error }) => error);
    expect(errors).toEqual([...Array(3).fill('HubSpotBusyError'), 'Error', 'Error']);
  });

  test('are those that were chosen, and no others', async () => {
    await start();
    await loseUntold('701', '702');
    expect(outcomes(await again({ kind: 'deal', id: '702' }))).toEqual(['deal 702 applied']);
    expect(await chain.dead()).toEqual(['deal 701']);
  });

  test('are none of a portal that another token opens, and none before the first pull', async () => {
    await start();
    await loseUntold('701');
    const { definition, ...records } = fewCustomers();
    const other = { ...records, definition: { ...definition, account: { ...definition.account, portalId: 99 } } };
    for (const [options, says] of [
      [{ table: chain.table }, /holds the data of HubSpot portal/],
      [{}, /holds no portal yet/],
    ] as const) {
      const { connector, close } = await startChain(other, options);
      await expect(redrive(connector, {}, queuedReader(connector.config))).rejects.toThrow(says);
      await close();
    }
    expect(await chain.dead()).toEqual(['deal 701']);
  });
});

const stageOf = (id: string): Change => ({
  kind: 'deal',
  id,
  at: chain.clock.now(),
  fingerprint: id,
  what: 'property',
  property: 'dealstage',
  value: 'closedlost',
  suffices: false,
  namesLink: false,
  isOutput: false,
  byUs: false,
});

describe('what could not be read', () => {
  beforeEach(() => start());

  test.each([
    ['a whole body', () => JSON.stringify([subject()])],
    ['one event', () => JSON.stringify(subject())],
    [
      'a message of the queue',
      () =>
        messageOf(
          {
            method: 'POST',
            url: 'https://example.com/',
            body: Buffer.from(JSON.stringify([subject()])),
            signature: 's',
            timestamp: '1',
          },
          chain.clock.now(),
        ) ?? '',
    ],
  ])('counts when it can be read by now: %s', async (_, raw) => {
    await hold(asRaw(raw()));
    expect(outcomes(await again())).toEqual(['ticket 501 applied']);
    expect(await subjectKept()).toMatchObject({ subject: 'Told late' });
    expect(await chain.letters()).toEqual([]);
  });

  test('stays where it cannot, however often it is tried', async () => {
    await hold(asRaw('nobody knows'));
    await hold(asRaw('{"propertyName": "subject"}'));
    for (let time = 0; time < 3; time += 1) expect(outcomes(await again())).toEqual(['? ? dead', '? ? dead']);
    expect(await chain.letters()).toHaveLength(2);
  });

  test('is taken apart where some of it can be read', async () => {
    await hold(asRaw(JSON.stringify([subject(), { propertyName: 'subject' }])));
    expect(outcomes(await again()).toSorted()).toEqual(['? ? dead', 'ticket 501 applied']);
    expect(await chain.letters()).toMatchObject([{ kind: null, content: { raw: '{"propertyName":"subject"}' } }]);
  });

  test('is dropped where it turns out to be about another portal', async () => {
    await hold(asRaw(JSON.stringify([subject({ portalId: 1 })])));
    expect(await again()).toMatchObject([{ outcome: 'ignored', because: 'of another portal' }]);
    expect(await chain.letters()).toEqual([]);
  });
});

const at = Date.parse('2026-08-06T10:00:00Z');
test.each<readonly [string, LetterChoice, boolean]>([
  ['all', {}, true],
  ['since they were given up', { since: at }, true],
  ['since later', { since: at + 1 }, false],
  ['until they were given up', { until: at }, false],
  ['until later', { until: at + 1 }, true],
  ['of the kind', { kind: 'deal' }, true],
  ['of another kind', { kind: 'contact' }, false],
  ['of the record', { kind: 'deal', id: '701' }, true],
  ['of another record', { kind: 'deal', id: '702' }, false],
  ['of the error', { error: 'HubSpotRefusedError' }, true],
  ['of another error', { error: 'PayloadError' }, false],
])('a letter is chosen by what is asked for: %s', (_, choice, isMeant) => {
  const rest = { fingerprint: 'f', because: '', content: { raw: '' } };
  const letter: DeadLetter = { kind: 'deal', id: '701', at, error: 'HubSpotRefusedError', ...rest };
  expect(isChosen(letter, choice)).toBe(isMeant);
});
