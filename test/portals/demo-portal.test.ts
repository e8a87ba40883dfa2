import { describe, expect, test } from 'vitest';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { objectTypes } from '#local/portals/portal.ts';
import { connectorConfigSchema } from '#platform/config.ts';
import { associatedIds, associationsThatLeadNowhere } from './associations.ts';

const { portal, truth } = demoPortal();
const { asOf } = portal.definition;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the demo portal', () => {
  test('is the same portal for the same seed', () => {
    expect(demoPortal({ seed: 7, scale: 0.1 })).toEqual(demoPortal({ seed: 7, scale: 0.1 }));
  });

  test('is another portal for another seed', () => {
    const emails = (seed: number) =>
      demoPortal({ seed, scale: 0.1 }).portal.records.contacts.map((c) => c.properties.email);
    expect(emails(1)).not.toEqual(emails(2));
  });

  test('holds about 2,000 contacts and 200 companies, and grows with its scale', () => {
    const size = (scale: number) => demoPortal({ scale }).portal.records.contacts.length;
    expect(portal.records.contacts.length).toBeGreaterThan(1_800);
    expect(portal.records.contacts.length).toBeLessThan(2_200);
    expect(portal.records.companies.length).toBeGreaterThan(170);
    expect(portal.records.companies.length).toBeLessThan(230);
    expect(size(0.2) / size(0.1)).toBeCloseTo(2, 0);
  });

  test('holds records of every type, in English and Chinese', () => {
    for (const type of objectTypes) expect(portal.records[type].length, type).toBeGreaterThan(100);
    const subjects = portal.records.tickets.map(({ properties }) => properties.subject ?? '');
    const chinese = subjects.filter((subject) => /\p{Script=Han}/u.test(subject)).length / subjects.length;
    expect(chinese).toBeGreaterThan(0.2);
    expect(chinese).toBeLessThan(0.6);
  });

  test('maps its own properties with a configuration that the connector accepts', () => {
    expect(connectorConfigSchema.safeParse(portal.definition.mappings).error).toBeUndefined();
  });

  test('gives every record an id of 9 to 12 digits that no other record of any type has', () => {
    const ids = objectTypes.flatMap((type) => portal.records[type].map(({ id }) => id));
    const created = portal.future.filter(({ change }) => change === 'create').map(({ id }) => id);
    const all = [...ids, ...created];
    expect(all.filter((id) => !/^\d{9,12}$/.test(id))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });

  test('associates records only with records that exist', () => {
    expect(associationsThatLeadNowhere(portal)).toEqual([]);
  });

  test('names only owners, pipeline stages and surveyed records that exist', () => {
    const owners = new Set(portal.definition.owners.map(({ id }) => id));
    const stages = new Set(portal.definition.pipelines.tickets.flatMap((p) => p.stages.map(({ id }) => id)));
    const ids = new Set(objectTypes.flatMap((type) => portal.records[type].map(({ id }) => id)));
    const strangers = objectTypes
      .flatMap((type) => portal.records[type])
      .filter(
        ({ properties: { hubspot_owner_id: owner, hs_pipeline_stage: stage, hs_contact_id: contact, ...rest } }) =>
          [
            [owner, owners],
            [stage, stages],
            [contact, ids],
            [rest.hs_ticket_id, ids],
          ].some(([value, known]) => value && !(known as Set<string>).has(value as string)),
      );
    expect(strangers).toEqual([]);
  });

  test('knows nothing that happened after its date, except what is planned', () => {
    const planned = (name: string, closed: string | null | undefined) =>
      name === 'hs_next_payment_due_date' || (name === 'closedate' && closed === 'false');
    const late: unknown[] = [];
    for (const type of objectTypes) {
      for (const { id, properties, propertiesWithHistory = {}, createdAt, updatedAt } of portal.records[type]) {
        const moments = [
          createdAt,
          updatedAt,
          ...Object.values(propertiesWithHistory).flatMap((v) => v.map((x) => x.timestamp)),
        ];
        for (const [name, value] of Object.entries(properties)) {
          if (value !== null && instant.test(value) && !planned(name, properties.hs_is_closed)) moments.push(value);
        }
        if (moments.some((moment) => moment >= asOf)) late.push({ type, id, moments });
      }
    }
    expect(late).toEqual([]);
  });

  test('lives on for half a year after its date, in order', () => {
    const times = portal.future.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(times[0] ?? '').toSatisfy((first: string) => first >= asOf);
    expect(times.at(-1) ?? '').toSatisfy((last: string) => last > '2027-03-25' && last < '2027-04-01');
  });

  test('creates a record before it changes it', () => {
    const known = new Set(objectTypes.flatMap((type) => portal.records[type].map(({ id }) => `${type} ${id}`)));
    const untimely = portal.future.filter(({ type, id, change }) => {
      const wasKnown = known.has(`${type} ${id}`);
      known.add(`${type} ${id}`);
      return wasKnown === (change === 'create');
    });
    expect(untimely).toEqual([]);
  });

  test('keeps the history of stages newest first, ending in the stage the ticket has', () => {
    const wrong = portal.records.tickets.filter(({ properties, propertiesWithHistory }) => {
      const history = propertiesWithHistory?.hs_pipeline_stage ?? [];
      const isNewestFirst = history.every(
        ({ timestamp }, n) => n === 0 || timestamp <= (history[n - 1]?.timestamp ?? ''),
      );
      return history[0]?.value !== properties.hs_pipeline_stage || !isNewestFirst;
    });
    expect(wrong).toEqual([]);
  });

  test('says of everybody who left before its date that they left, and of nobody else', () => {
    const written = [...portal.records.contacts, ...portal.records.companies]
      .filter(({ properties }) => properties.customer_until)
      .map(({ id, properties }) => ({ id, at: properties.customer_until }));
    const left = truth.leaves.filter(({ at }) => at < asOf).map(({ id, at }) => ({ id, at }));
    const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id);
    expect(written.sort(byId)).toEqual(left.sort(byId));
  });

  test('has the gaps of a real portal', () => {
    const { contacts, tickets, feedback_submissions: answers, deals } = portal.records;
    const some = (count: number) => expect(count).toBeGreaterThan(3);
    some(contacts.filter(({ properties }) => properties.hs_merged_object_ids).length);
    some(contacts.filter((contact) => associatedIds(contact, 'companies').length > 1).length);
    some(contacts.filter(({ archived }) => archived).length);
    some(tickets.filter((ticket) => associatedIds(ticket, 'contacts').length === 0).length);
    some(
      tickets.filter(
        ({ properties }) => properties.hs_is_closed === 'true' && !properties.hs_first_agent_message_sent_at,
      ).length,
    );
    some(tickets.filter(({ properties }) => properties.hs_ticket_reopened_at).length);
    some(answers.filter((answer) => associatedIds(answer, 'contacts').length === 0).length);
    some(answers.filter(({ properties }) => properties.hs_value === '').length);
    some(answers.filter(({ properties }) => properties.hs_ticket_id).length);
    some(deals.filter(({ properties }) => properties.amount && !properties.amount_in_home_currency).length);
  });
});
