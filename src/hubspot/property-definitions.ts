import { configure } from './generated.ts';
import type { Transport } from './transport.ts';

/** The generated package, loaded when first needed: only set-up and checks use it. */
export const propertiesPackage = () => import('@hubspot/api-client/lib/codegen/crm/properties/index.js');

/** Names of the properties that the portal defines for one object type. */
export async function definedProperties(transport: Transport, objectType: string): Promise<ReadonlySet<string>> {
  const generated = await propertiesPackage();
  const { results } = await new generated.CoreApi(configure(generated, transport)).getAll(objectType);
  return new Set(results.map(({ name }) => name));
}
