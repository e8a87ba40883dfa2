/** An IT help desk's incident log: 141,712 states of 24,918 incidents. */
import type { Owner, Portal, PortalRecord, PropertyVersion } from '../portal.ts';
import { dealPipeline } from '../stock-pipelines.ts';
import { asPortal, choiceProperty, iso, numberProperty, record } from './as-portal.ts';
import { incidentPipeline, stageOf } from './incident-stages.ts';
import { namedRows, readCsv } from './read-csv.ts';

type Row = Readonly<Record<string, string>>;
const asOf = '2017-02-19T00:00:00.000Z';

/** The source's words in HubSpot's; anything else has no counterpart and stays empty. */
const priorities: Readonly<Record<string, string>> = { '1': 'URGENT', '2': 'HIGH', '3': 'MEDIUM', '4': 'LOW' };
const channels: Readonly<Record<string, string>> = {
  Phone: 'PHONE',
  IVR: 'PHONE',
  Email: 'EMAIL',
  'Self service': 'FORM',
};

/** `?` is missing. */
const known = (value: string | undefined): string | null => (value === undefined || value === '?' ? null : value);
/** Day/month/year hour:minute, read as UTC. */
function moment(value: string | undefined): number | null {
  const [, d, m, y, h, min] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(value ?? '') ?? [];
  return y === undefined ? null : Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(min));
}
const contactId = (caller: string): string => String(140_000_000 + Number(caller));
const ownerId = (person: string): string => String(78_200_000 + Number(person));

/** Callers become contacts, assignees owners, incidents tickets; the last state of an incident has its attributes. */
export async function uciIncident(file: string): Promise<Portal> {
  const rows = namedRows(await readCsv(file));
  const tickets = [...Map.groupBy(rows, (row) => row.number ?? '').values()].map(ticket);
  return asPortal(
    {
      name: 'real-uci-incident',
      description:
        'Incident management log of an IT company, 2016-02 to 2017-02 (UCI 498; Amaral, Fantinato, Peres 2018, CC BY 4.0). ' +
        'Times are read as UTC. closed_date is the time of resolution, missing for 1,556 incidents; closed_at is ' +
        'automatic and stands in hs_last_closed_date only where there is no resolution.',
      account: { portalId: 240900011, timeZone: 'UTC', companyCurrency: 'USD' },
      asOf,
      pipelines: { tickets: [incidentPipeline], deals: [dealPipeline] },
      owners: ownersOf(rows),
      properties: {
        tickets: [
          numberProperty('reopen_count', 'Times reopened'),
          numberProperty('reassignment_count', 'Times reassigned'),
          { name: 'made_sla', label: 'Made SLA', type: 'bool', fieldType: 'booleancheckbox' },
          choiceProperty(
            'hs_ticket_category',
            'Category',
            tickets.map(({ properties }) => properties.hs_ticket_category ?? '').filter(Boolean),
          ),
          choiceProperty('hs_ticket_priority', 'Priority', Object.values(priorities)),
        ],
      },
      mappings: { ticket: { reopenCount: 'reopen_count' } },
    },
    { contacts: contactsOf(tickets), tickets },
  );
}

function ticket(states: readonly Row[]): PortalRecord {
  const last = states.at(-1) as Row;
  const openedAt = moment(last.opened_at) ?? 0;
  const resolvedAt = moment(last.resolved_at);
  const closedAt = moment(last.closed_at);
  const endedAt = resolvedAt ?? closedAt;
  const changes = states.map((state) => moment(state.sys_updated_at) ?? openedAt);
  const caller = known(last.caller_id);
  const owner = known(last.assigned_to);
  const history = stageHistory(states, openedAt);
  const properties = {
    subject: `Incident ${last.number}`,
    hs_pipeline: incidentPipeline.id,
    hs_pipeline_stage: history[0]?.value ?? null,
    hs_ticket_priority: priorities[last.priority ?? ''] ?? null,
    hs_ticket_category: category(last.category),
    source_type: channels[last.contact_type ?? ''] ?? null,
    hubspot_owner_id: owner === null ? null : ownerId(owner),
    hs_is_closed: 'true',
    closed_date: resolvedAt === null ? null : iso(resolvedAt),
    hs_last_closed_date: endedAt === null ? null : iso(endedAt),
    time_to_close: resolvedAt === null ? null : String(resolvedAt - openedAt),
    hs_time_to_close_sla_status: last.made_sla === 'true' ? '3' : '4',
    made_sla: last.made_sla ?? null,
    reopen_count: last.reopen_count ?? null,
    reassignment_count: last.reassignment_count ?? null,
    createdate: iso(openedAt),
  };
  const dates = { createdAt: openedAt, updatedAt: Math.max(openedAt, closedAt ?? 0, ...changes) };
  const id = String(2_900_000_000 + Number(last.number));
  const made = record(id, properties, dates, caller === null ? undefined : { contacts: [contactId(caller)] });
  return { ...made, propertiesWithHistory: { hs_pipeline_stage: history } };
}

const category = (value: string | undefined): string | null => (known(value) === null ? null : `category_${value}`);

/** Changes of stage, newest first; a few states are stamped before the incident was opened. */
function stageHistory(states: readonly Row[], openedAt: number): PropertyVersion[] {
  const dated = states
    .map((state) => ({
      stage: stageOf(state.ident_state),
      at: Math.max(openedAt, moment(state.sys_updated_at) ?? openedAt),
    }))
    .filter((version) => version.stage !== null)
    .sort((a, b) => a.at - b.at);
  return dated
    .filter(({ stage }, n) => stage !== dated[n - 1]?.stage)
    .map(({ stage, at }) => ({ value: stage ?? '', timestamp: iso(at) }))
    .reverse();
}

/** A caller is known from its first ticket on. */
function contactsOf(tickets: readonly PortalRecord[]): PortalRecord[] {
  const withCaller = tickets.filter(({ associations }) => associations?.contacts?.length);
  const byContact = Map.groupBy(withCaller, ({ associations }) => associations?.contacts?.[0] as string);
  return [...byContact].map(([id, own]) => {
    const caller = Number(id) - 140_000_000;
    const createdAt = Math.min(...own.map((each) => Date.parse(each.createdAt)));
    const updatedAt = Math.max(...own.map((each) => Date.parse(each.updatedAt)));
    const properties = {
      email: `caller-${caller}@help-desk.example`,
      lastname: `Caller ${caller}`,
      lifecyclestage: 'customer',
      createdate: iso(createdAt),
    };
    return record(id, properties, { createdAt, updatedAt });
  });
}

function ownersOf(rows: readonly Row[]): Owner[] {
  const people = new Set(rows.map((row) => known(row.assigned_to)).filter((person) => person !== null));
  return [...people]
    .sort((a, b) => Number(a) - Number(b))
    .map((person) => ({
      id: ownerId(person),
      userId: 53_000_000 + Number(person),
      email: `agent-${person}@help-desk.example`,
      firstName: 'Agent',
      lastName: person,
      archived: false,
      type: 'PERSON',
    }));
}
