import type { ObjectType, PropertyDefinition } from '../../portals/portal.ts';
import { objectTypeFacts } from '../facts/object-types.ts';

/** A property definition as the account holds it now. */
export interface LiveProperty extends PropertyDefinition {
  readonly groupName: string;
  readonly hubspotDefined: boolean;
  readonly hasUniqueValue: boolean;
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A heading under which properties are filed. */
export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

/** The property definitions and groups of one object type. */
export class PropertyRegistry {
  readonly #type: ObjectType;
  readonly #properties = new Map<string, LiveProperty>();
  readonly #groups = new Map<string, PropertyGroup>();

  constructor(
    type: ObjectType,
    hubspotDefined: readonly PropertyDefinition[],
    ofThePortal: readonly PropertyDefinition[],
    at: string,
  ) {
    this.#type = type;
    const group = objectTypeFacts[type].group;
    this.addGroup({ name: group, label: group, displayOrder: 0 });
    for (const each of hubspotDefined) this.define(each, { hubspotDefined: true, at });
    for (const each of ofThePortal) {
      const known = this.#properties.get(each.name);
      if (each.groupName && !this.#groups.has(each.groupName)) {
        this.addGroup({ name: each.groupName, label: each.groupName });
      }
      this.define({ ...known, ...each }, { hubspotDefined: known !== undefined, at });
    }
  }

  /** The property of this name, unless it is archived or was never defined. */
  find(name: string): LiveProperty | undefined {
    const property = this.#properties.get(name);
    return property?.archived ? undefined : property;
  }

  /** The archived property of this name. */
  findArchived(name: string): LiveProperty | undefined {
    const property = this.#properties.get(name);
    return property?.archived ? property : undefined;
  }

  /** Those of the values that people might set as well: of properties that HubSpot does not compute. */
  settable(values: Readonly<Record<string, string | null>>): Record<string, string | null> {
    return Object.fromEntries(Object.entries(values).filter(([name]) => this.find(name)?.readOnly !== true));
  }

  list({ archived = false } = {}): LiveProperty[] {
    return [...this.#properties.values()].filter((each) => each.archived === archived);
  }

  /** Creates or replaces a definition; an archived one of the same name is restored with its old creation date. */
  define(
    definition: PropertyDefinition & Partial<LiveProperty>,
    { hubspotDefined = false, at }: { hubspotDefined?: boolean; at: string },
  ): LiveProperty {
    const property: LiveProperty = {
      displayOrder: -1,
      hidden: false,
      formField: false,
      hasUniqueValue: this.#type === 'contacts' && definition.name === 'email',
      ...definition,
      groupName: definition.groupName ?? objectTypeFacts[this.#type].group,
      hubspotDefined,
      archived: false,
      createdAt: this.#properties.get(definition.name)?.createdAt ?? at,
      updatedAt: at,
    };
    this.#properties.set(property.name, property);
    return property;
  }

  archive(name: string, at: string): void {
    const property = this.#properties.get(name);
    if (property) this.#properties.set(name, { ...property, archived: true, updatedAt: at });
  }

  groups(): PropertyGroup[] {
    return [...this.#groups.values()];
  }

  hasGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  addGroup({ name, label, displayOrder = -1 }: { name: string; label: string; displayOrder?: number }): PropertyGroup {
    const group = { name, label, displayOrder, archived: false };
    this.#groups.set(name, group);
    return group;
  }
}
