import type { OutputValue } from '#pipeline/ports.ts';
import { PayloadError } from '#platform/errors.ts';
import { type OutputType, outputTypes } from './output-types.ts';

/** One property that the connector writes on contacts and companies. */
export interface Output {
  readonly name: string;
  readonly label: string;
  /** Printed under the property in HubSpot: what it says, its scale and which end is good. */
  readonly description: string;
  readonly type: OutputType;
  /** Values of an enumeration, worst to best or in the order people read them. */
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

const bands = [
  { label: 'High', value: 'high' },
  { label: 'Medium', value: 'medium' },
  { label: 'Low', value: 'low' },
  { label: 'Insufficient data', value: 'insufficient_data' },
] as const;

const npsGroups = [
  { label: 'Promoter', value: 'promoter' },
  { label: 'Passive', value: 'passive' },
  { label: 'Detractor', value: 'detractor' },
] as const;

const bad = 'High is bad.';
const good = 'High is good.';

/** The group that holds them in HubSpot. */
export const outputGroup = { name: 'cx_connector', label: 'Customer experience' } as const;

/** Every property written. Adding one is a line here; the first write creates it. */
export const outputs: readonly Output[] = [
  { name: 'cx_health_score', label: 'CX health score', type: 'number', description: `0 to 100. ${good}` },
  {
    name: 'cx_health_band',
    label: 'CX health',
    type: 'enumeration',
    options: bands,
    description: `${good} Insufficient data: too few of the inputs are known.`,
  },
  {
    name: 'cx_churn_risk_band',
    label: 'CX churn risk',
    type: 'enumeration',
    options: bands,
    description: `Risk of losing the customer. ${bad}`,
  },
  {
    name: 'cx_churn_reasons',
    label: 'CX churn reasons',
    type: 'text',
    description: 'What raises and lowers the churn risk, with the numbers behind it.',
  },
  {
    name: 'cx_upsell_candidate',
    label: 'CX upsell candidate',
    type: 'bool',
    description: 'Yes for satisfied customers with room to grow.',
  },
  { name: 'cx_upsell_score', label: 'CX upsell score', type: 'number', description: `0 to 100. ${good}` },
  {
    name: 'cx_upsell_reason',
    label: 'CX upsell reason',
    type: 'text',
    description: 'Why this customer, and what to offer next.',
  },
  {
    name: 'cx_nps_group',
    label: 'CX NPS group',
    type: 'enumeration',
    options: npsGroups,
    description: 'Group of the last answer to "how likely are you to recommend us".',
  },
  { name: 'cx_last_nps', label: 'CX last NPS', type: 'number', description: `Last NPS rating, 0 to 10. ${good}` },
  {
    name: 'cx_last_csat',
    label: 'CX last CSAT',
    type: 'number',
    description: `Last satisfaction rating, rescaled to 0 to 100. ${good}`,
  },
  {
    name: 'cx_last_ces',
    label: 'CX last CES',
    type: 'number',
    description: `Last ease rating on its survey's scale. ${good}`,
  },
  { name: 'cx_open_tickets', label: 'CX open tickets', type: 'number', description: 'Tickets open when last scored.' },
  {
    name: 'cx_data_quality',
    label: 'CX data quality',
    type: 'number',
    description: `Share of the score's inputs that are known, 0 to 1. ${good}`,
  },
  {
    name: 'cx_scored_at',
    label: 'CX scored at',
    type: 'datetime',
    description: 'When these values last changed.',
  },
  {
    name: 'cx_score_version',
    label: 'CX score version',
    type: 'string',
    description: 'Version of the rules that produced these values.',
  },
];

const byName = new Map(outputs.map((output) => [output.name, output]));

/** Internal names, in the table's order. */
export const outputNames: readonly string[] = outputs.map(({ name }) => name);

const outputNamed = (name: string): Output => {
  const output = byName.get(name);
  if (output) return output;
  throw new PayloadError(
    `${name} is not a property the connector writes.`,
    'Add it to the table in src/hubspot/outputs.ts.',
  );
};

const refuse = (output: Output, value: string | number | boolean): PayloadError =>
  new PayloadError(`${output.name} cannot hold ${typeof value} ${value}.`, 'Correct the score that produced it.');

const describe = (output: Output, value: OutputValue): string => {
  if (value === null || value === '') return '';
  const described = outputTypes[output.type].write(value);
  const allowed = output.options?.some((option) => option.value === described) ?? true;
  if (described === null || !allowed) throw refuse(output, value);
  return described;
};

/**
 * Values as HubSpot takes them, by property name; null becomes `''`, which clears. Throws `PayloadError` for a name
 * outside the table and for a value its property cannot hold. Moments are milliseconds since the epoch or ISO 8601.
 */
export function describeOutputs(values: Readonly<Record<string, OutputValue>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, describe(outputNamed(name), value)]));
}

/** Whether what HubSpot holds is what we want, both as HubSpot's texts; unset is null, undefined or `''`. */
export function sameOutput(property: string, held: string | null | undefined, wanted: string): boolean {
  const output = outputNamed(property);
  const now = held ?? '';
  if (now === '' || wanted === '') return now === wanted;
  return now === wanted || outputTypes[output.type].same(now, wanted);
}
