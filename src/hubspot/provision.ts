import type { PropertyCreate } from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import type { CustomerKind } from '#pipeline/ports.ts';
import { HubSpotRefusedError } from '#platform/errors.ts';
import { configure } from './generated.ts';
import { objectTypes } from './object-types.ts';
import { outputTypes } from './output-types.ts';
import { type Output, outputGroup, outputs } from './outputs.ts';
import { definedProperties, propertiesPackage } from './property-definitions.ts';
import { refusalFrom } from './refusal.ts';
import { refusedError } from './remedies.ts';
import type { Transport } from './transport.ts';

/** HubSpot wants both options of a yes/no property spelt out. */
const yesNo = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

const definition = (output: Output): PropertyCreate => {
  const options = output.options ?? (output.type === 'bool' ? yesNo : undefined);
  return {
    name: output.name,
    label: output.label,
    description: output.description,
    groupName: outputGroup.name,
    ...(outputTypes[output.type].hubspot as Pick<PropertyCreate, 'type' | 'fieldType'>),
    ...(options
      ? { options: options.map((option, index) => ({ ...option, displayOrder: index, hidden: false })) }
      : {}),
  };
};

/** Somebody, perhaps our own unanswered attempt, created it first: what we wanted. */
const exists = (category: string): boolean => category === 'OBJECT_ALREADY_EXISTS' || category === 'CONFLICT';

const unlessExists = (error: unknown): void => {
  if (!(error instanceof HubSpotRefusedError && error.status === 409)) throw error;
};

const refusedPart = (answer: object, objectType: string): HubSpotRefusedError | undefined => {
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : [];
  const refusal = errors.map((error) => refusalFrom(207, error)).find(({ category }) => !exists(category));
  return refusal && refusedError(refusal, { method: 'creating properties of', path: objectType });
};

/**
 * Creates the group and the `cx_` properties that are missing for each kind; running it twice changes nothing. Returns what
 * it created, as `contacts.cx_health_score`. Needs `crm.schemas.contacts.write` and `crm.schemas.companies.write`.
 */
export async function provisionOutputs(
  transport: Transport,
  kinds: readonly CustomerKind[],
): Promise<readonly string[]> {
  const generated = await propertiesPackage();
  const configuration = configure(generated, transport);
  const groups = new generated.GroupsApi(configuration);
  const batch = new generated.BatchApi(configuration);

  const provision = async (objectType: string): Promise<string[]> => {
    const defined = await definedProperties(transport, objectType);
    const missing = outputs.filter(({ name }) => !defined.has(name));
    if (missing.length === 0) return [];
    const { results } = await groups.getAll(objectType);
    if (!results.some(({ name }) => name === outputGroup.name))
      await groups.create(objectType, { ...outputGroup, displayOrder: -1 }).catch(unlessExists);
    const answer = await batch.create(objectType, { inputs: missing.map(definition) });
    const refused = refusedPart(answer, objectType);
    if (refused) throw refused;
    return missing.map(({ name }) => `${objectType}.${name}`);
  };

  const created = await Promise.all(kinds.map((kind) => provision(objectTypes[kind].path)));
  return created.flat();
}
