/** A garden-centre chain's survey: three questions, visits and the value of one receipt per respondent. */
import type { Portal, PortalRecord } from '../portal.ts';
import { asPortal, iso, numberProperty, record, wonDeal } from './as-portal.ts';
import { namedRows, readCsv } from './read-csv.ts';

/** The source has no dates at all: records arrive one per second, as an import would bring them. */
const importedFrom = Date.parse('2026-01-01T00:00:00.000Z');
const asOf = '2026-01-03T00:00:00.000Z';

/** Each question is a survey of its own. Ratings 1 to 10 occur in all three; the first is asked as 0 to 10. */
const questions = [
  { column: 'nps', id: '9001', name: 'Recommendation', type: 'NPS' },
  { column: 'satisfaction', id: '9002', name: 'Satisfaction', type: 'CSAT' },
  { column: 'intention', id: '9003', name: 'Intention to buy again', type: 'CUSTOM' },
] as const;

/** `NA` is R's missing value. */
const known = (value: string | undefined): string | null => (value === undefined || value === 'NA' ? null : value);

/** One contact, three undated answers and one undated won deal per respondent; an answer without a score stays. */
export async function npsRetail(file: string): Promise<Portal> {
  const rows = namedRows(await readCsv(file, { encoding: 'latin1' }));
  const contacts: PortalRecord[] = [];
  const answers: PortalRecord[] = [];
  const deals: PortalRecord[] = [];
  for (const [n, row] of rows.entries()) {
    const respondent = row.id ?? '';
    const dates = { createdAt: importedFrom + n * 1_000 };
    const id = String(120_000_000 + Number(respondent));
    const createdate = iso(dates.createdAt);
    contacts.push(
      record(
        id,
        {
          email: `respondent-${respondent}@garden-centre.example`,
          lastname: `Respondent ${respondent}`,
          lifecyclestage: 'customer',
          visits: known(row.NbPassageKS),
          createdate,
        },
        dates,
      ),
    );
    for (const question of questions) {
      const properties = answer(question, row, id, createdate);
      const answerId = String(410_000_000_000 + answers.length);
      answers.push(record(answerId, properties, dates, { contacts: [id] }));
    }
    const properties = wonDeal('Receipt', row.CaTicket ?? '', null, { createdate });
    deals.push(record(String(2_200_000_000 + n), properties, dates, { contacts: [id] }));
  }
  return asPortal(
    {
      name: 'real-nps-retail',
      description:
        'Survey of a garden-centre chain, 13,954 respondents (C. Benavent): recommendation, satisfaction, intention, ' +
        'visits and one receipt each. Undated; created dates are those of the import. Negative receipts are returns.',
      account: { portalId: 240900012, timeZone: 'Europe/Paris', companyCurrency: 'EUR' },
      asOf,
      properties: { contacts: [numberProperty('visits', 'Number of visits')] },
      mappings: { surveys: { '9002': { metric: 'csat', scale: [1, 10] } } },
    },
    { contacts, feedback_submissions: answers, deals },
  );
}

function answer(
  { column, id, name, type }: (typeof questions)[number],
  row: Readonly<Record<string, string>>,
  contactId: string,
  createdate: string,
): PortalRecord['properties'] {
  const value = known(row[column]);
  return {
    hs_survey_id: id,
    hs_survey_name: name,
    hs_survey_type: type,
    hs_value: value,
    hs_contact_id: contactId,
    hs_createdate: createdate,
    ...(type === 'NPS' && { hs_content: known(row.explication) }),
  };
}
